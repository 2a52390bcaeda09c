"""What `init` proposes for names: packages to leave out, and modules of models."""

from vcgen.text import naming, proposals


def test_packages_are_roots_the_longest_first() -> None:
    schemas = [
        "io.k8s.api.core.v1.Pod",
        "io.k8s.api.core.v1.Service",
        "io.k8s.api.apps.v1.Deployment",
        "io.k8s.api.apps.v1beta1.Scale",
        "Other",
    ]
    found = proposals.roots(schemas)
    assert found == ("io.k8s.api.apps", "io.k8s.api.core")
    assert naming.class_name(schemas[0], found) == "V1Pod"


def test_package_that_tells_two_schemas_apart_is_no_root() -> None:
    schemas = [f"com.acme.{package}.{name}" for package in "ab" for name in ("Item", "List")]
    assert proposals.roots(schemas) == ("com.acme.a",)


def test_single_word_is_a_root_if_nearly_all_have_it() -> None:
    assert proposals.roots(["Acme.A", "Acme.B", "Acme.C", "Acme.D"]) == ("Acme",)
    assert proposals.roots(["Invoice.Line", "Invoice.Total", "Order", "Item"]) == ()


def test_names_without_packages_have_no_roots() -> None:
    assert proposals.roots(["Pet", "v1.Pod", "v1.Service"]) == ()
    assert proposals.roots([]) == ()


def test_modules_are_the_first_words_of_many_classes() -> None:
    classes = [f"Chat{letter}" for letter in "ABCDEFGH"] + ["Lonely", "LonelyToo"]
    assert proposals.modules(classes) == ("chat",)


def test_module_of_too_many_is_told_apart_by_the_next_word() -> None:
    classes = [f"Create{kind}Request{n}" for kind in ("Chat", "Audio") for n in range(70)]
    found = proposals.modules([*classes, "CreateX"])
    assert found == ("create", "create_audio", "create_chat")
    assert naming.model_module("CreateChatRequest1", (), found) == "create_chat"
    assert naming.model_module("CreateX", (), found) == "create"
    assert naming.model_module("Lonely", (), found) == "others"
