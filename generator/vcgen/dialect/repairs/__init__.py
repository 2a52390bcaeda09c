"""Passes for what any vendor's documents hold: common defects, and queries in path keys."""

from vcgen.dialect.repairs.array_without_items import array_without_items
from vcgen.dialect.repairs.enum_type import enum_type
from vcgen.dialect.repairs.int_or_string import int_or_string
from vcgen.dialect.repairs.null_fields import null_fields
from vcgen.dialect.repairs.operation_ids import operation_ids
from vcgen.dialect.repairs.parameter_keywords import parameter_keywords
from vcgen.dialect.repairs.path_parameter_required import path_parameter_required
from vcgen.dialect.repairs.path_query import path_query
from vcgen.dialect.repairs.path_variables import path_variables
from vcgen.dialect.repairs.ref_siblings import ref_siblings
from vcgen.dialect.repairs.request_body_by_schema_name import request_body_by_schema_name
from vcgen.dialect.repairs.required_keyword import required_keyword
from vcgen.dialect.repairs.required_undeclared import required_undeclared
from vcgen.dialect.repairs.tag_spelling import tag_spelling
from vcgen.dialect.repairs.texts import texts

PASSES = (
    null_fields,
    texts,
    tag_spelling,
    path_query,
    path_variables,
    path_parameter_required,
    request_body_by_schema_name,
    parameter_keywords,
    ref_siblings,
    required_keyword,
    required_undeclared,
    enum_type,
    int_or_string,
    array_without_items,
)

# What is no defect where a dialect knows better: vSphere has two APIs in one document.
PLAIN = (operation_ids,)
