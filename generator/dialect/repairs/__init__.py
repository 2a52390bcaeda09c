"""Passes for what any vendor's documents hold: common defects, and queries in path keys."""

from generator.dialect.repairs.array_without_items import array_without_items
from generator.dialect.repairs.enum_type import enum_type
from generator.dialect.repairs.int_or_string import int_or_string
from generator.dialect.repairs.null_fields import null_fields
from generator.dialect.repairs.operation_ids import operation_ids
from generator.dialect.repairs.parameter_keywords import parameter_keywords
from generator.dialect.repairs.path_parameter_required import path_parameter_required
from generator.dialect.repairs.path_query import path_query
from generator.dialect.repairs.path_variables import path_variables
from generator.dialect.repairs.ref_siblings import ref_siblings
from generator.dialect.repairs.request_body_by_schema_name import request_body_by_schema_name
from generator.dialect.repairs.required_keyword import required_keyword
from generator.dialect.repairs.required_undeclared import required_undeclared
from generator.dialect.repairs.tag_spelling import tag_spelling
from generator.dialect.repairs.texts import texts

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
