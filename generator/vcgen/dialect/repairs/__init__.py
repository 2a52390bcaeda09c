"""Passes for what any vendor's documents hold: common defects, and queries in path keys."""

from vcgen.dialect.repairs.all_of_again import all_of_again
from vcgen.dialect.repairs.all_of_arrays import all_of_arrays
from vcgen.dialect.repairs.all_of_enums import all_of_enums
from vcgen.dialect.repairs.all_of_null import all_of_null
from vcgen.dialect.repairs.all_of_twice import all_of_twice
from vcgen.dialect.repairs.all_of_types import all_of_types
from vcgen.dialect.repairs.any_by_name import any_by_name
from vcgen.dialect.repairs.array_without_items import array_without_items
from vcgen.dialect.repairs.body_parameters import body_parameters
from vcgen.dialect.repairs.boolean_schemas import boolean_schemas
from vcgen.dialect.repairs.collection_formats import collection_formats
from vcgen.dialect.repairs.contents import contents, media_type_schemas, response_texts
from vcgen.dialect.repairs.dynamic_references import dynamic_references
from vcgen.dialect.repairs.empty_enum import empty_enum
from vcgen.dialect.repairs.empty_mappings import empty_mappings
from vcgen.dialect.repairs.enum_type import enum_type
from vcgen.dialect.repairs.form_schemas import form_schemas
from vcgen.dialect.repairs.formats_beside_alternatives import formats_beside_alternatives
from vcgen.dialect.repairs.header_names import header_names
from vcgen.dialect.repairs.indexed_properties import indexed_properties
from vcgen.dialect.repairs.inner_discriminators import inner_discriminators
from vcgen.dialect.repairs.int_or_string import int_or_string
from vcgen.dialect.repairs.item_schema import item_schema
from vcgen.dialect.repairs.items_of_no_array import alternatives_of_items, items_of_no_array
from vcgen.dialect.repairs.items_of_one import items_of_one
from vcgen.dialect.repairs.items_of_several import items_of_several
from vcgen.dialect.repairs.items_of_tuples import items_of_tuples
from vcgen.dialect.repairs.joint_credentials import joint_credentials
from vcgen.dialect.repairs.local_definitions import local_definitions
from vcgen.dialect.repairs.locations import locations
from vcgen.dialect.repairs.lost_mappings import lost_mappings
from vcgen.dialect.repairs.map_of_objects import map_of_objects
from vcgen.dialect.repairs.media_types import media_types
from vcgen.dialect.repairs.missing_responses import missing_responses
from vcgen.dialect.repairs.misspelt_annotations import misspelt_annotations
from vcgen.dialect.repairs.null_fields import null_fields
from vcgen.dialect.repairs.number_enum import number_enum
from vcgen.dialect.repairs.number_texts import number_texts
from vcgen.dialect.repairs.operation_ids import operation_ids
from vcgen.dialect.repairs.package_names import package_names
from vcgen.dialect.repairs.parameter_keywords import parameter_keywords
from vcgen.dialect.repairs.parameter_names import parameter_names
from vcgen.dialect.repairs.parameter_styles import parameter_styles
from vcgen.dialect.repairs.path_parameter_required import path_parameter_required
from vcgen.dialect.repairs.path_query import path_query
from vcgen.dialect.repairs.path_variables import path_variables
from vcgen.dialect.repairs.querystring import querystring
from vcgen.dialect.repairs.ref_siblings import ref_siblings
from vcgen.dialect.repairs.reference_spelling import reference_spelling
from vcgen.dialect.repairs.repeated_parameters import repeated_parameters
from vcgen.dialect.repairs.request_body_by_schema_name import request_body_by_schema_name
from vcgen.dialect.repairs.required_keyword import required_keyword
from vcgen.dialect.repairs.required_undeclared import required_undeclared
from vcgen.dialect.repairs.response_by_schema import response_by_schema, schema_by_response
from vcgen.dialect.repairs.response_headers import response_headers
from vcgen.dialect.repairs.response_schema import response_schema
from vcgen.dialect.repairs.sample_values import sample_values
from vcgen.dialect.repairs.schema_spelling import schema_spelling
from vcgen.dialect.repairs.scheme_types import scheme_types
from vcgen.dialect.repairs.security_requirements import security_requirements
from vcgen.dialect.repairs.server_variables import server_variables
from vcgen.dialect.repairs.short_schemas import short_schemas
from vcgen.dialect.repairs.single_values import single_values
from vcgen.dialect.repairs.statuses import statuses
from vcgen.dialect.repairs.streamed_replies import streamed_replies
from vcgen.dialect.repairs.tag_spelling import tag_spelling
from vcgen.dialect.repairs.text_lists import text_lists
from vcgen.dialect.repairs.texts import texts
from vcgen.dialect.repairs.type_beside_alternatives import type_beside_alternatives
from vcgen.dialect.repairs.undeclared_tags import undeclared_tags
from vcgen.dialect.repairs.undecodable_names import undecodable_names
from vcgen.dialect.repairs.unknown_fields import unknown_fields
from vcgen.dialect.repairs.unknown_security import unknown_security
from vcgen.dialect.repairs.unknown_types import unknown_types

PASSES = (
    single_values,
    security_requirements,
    server_variables,
    short_schemas,
    indexed_properties,
    sample_values,
    schema_spelling,
    inner_discriminators,
    body_parameters,
    response_texts,
    missing_responses,
    contents,
    media_type_schemas,
    media_types,
    form_schemas,
    collection_formats,
    empty_mappings,
    null_fields,
    misspelt_annotations,
    texts,
    text_lists,
    tag_spelling,
    unknown_security,
    joint_credentials,
    statuses,
    locations,
    parameter_names,
    header_names,
    repeated_parameters,
    scheme_types,
    path_query,
    path_variables,
    path_parameter_required,
    request_body_by_schema_name,
    response_by_schema,
    schema_by_response,
    response_headers,
    response_schema,
    streamed_replies,
    item_schema,
    querystring,
    parameter_keywords,
    parameter_styles,
    unknown_fields,
    dynamic_references,
    local_definitions,
    reference_spelling,
    lost_mappings,
    package_names,
    any_by_name,
    ref_siblings,
    undeclared_tags,
    required_keyword,
    required_undeclared,
    boolean_schemas,
    undecodable_names,
    unknown_types,
    empty_enum,
    enum_type,
    number_enum,
    number_texts,
    all_of_enums,
    all_of_null,
    all_of_types,
    all_of_again,
    all_of_twice,
    all_of_arrays,
    formats_beside_alternatives,
    int_or_string,
    alternatives_of_items,
    type_beside_alternatives,
    items_of_no_array,
    items_of_one,
    items_of_several,
    items_of_tuples,
    map_of_objects,
    array_without_items,
)

# What is no defect where a dialect knows better: vSphere has two APIs in one document.
PLAIN = (operation_ids,)
