#!/usr/bin/env bash
# datamodel-code-generator 0.89.0: a property that is new renames the field of another. `a_b` has
# the field `a_b` until a property `a-b` appears before it, which takes that name, and leaves `a_b_1`
# to the property that is really called so. Code that was written for the old model goes on running,
# with the other value.
#
# Source: OpenAPI 3.0.3, section 4.7.24 (`properties` is a map: their order has no meaning).
source "$(dirname "$0")/lib.sh"
install datamodel-code-generator==0.89.0

show() {
    cat > spec.json <<END
{"openapi": "3.0.3", "info": {"title": "Disks", "version": "1"}, "paths": {},
 "components": {"schemas": {"Disk": {"type": "object", "properties": {$1}}}}}
END
    datamodel-codegen --input spec.json --input-file-type openapi --disable-timestamp \
        --output-model-type msgspec.Struct 2>/dev/null | grep '^    '
}
show '"a_b": {"type": "integer"}' | expect "    a_b: int | UnsetType = UNSET"
show '"a-b": {"type": "string"}, "a_b": {"type": "integer"}' |
    expect "    a_b: str | UnsetType = field(name='a-b', default=UNSET)
    a_b_1: int | UnsetType = field(name='a_b', default=UNSET)"
