"""A Django REST framework app whose document drf-spectacular makes; in memory, of one file."""

import sys

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
        "PAGE_SIZE": 2,
    },
    ROOT_URLCONF=__name__,
    SECRET_KEY="of a test",
    USE_TZ=True,
)
django.setup()

from django.db import connection, models  # noqa: E402
from django.urls import include, path  # noqa: E402
from drf_spectacular.views import SpectacularJSONAPIView  # noqa: E402
from rest_framework import routers, serializers, viewsets  # noqa: E402


class Book(models.Model):
    """A book; its state is one of a few, its price has two decimals."""

    class State(models.TextChoices):
        NEW = "new", "New"
        USED = "used", "Used"

    title = models.CharField(max_length=20)
    state = models.CharField(max_length=4, choices=State.choices, default=State.NEW)
    price = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    bought = models.DateTimeField(null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "books"
        ordering = ("id",)


class BookSerializer(serializers.ModelSerializer[Book]):
    class Meta:
        model = Book
        fields = ("id", "title", "state", "price", "bought", "made")


class BookViewSet(viewsets.ModelViewSet[Book]):
    queryset = Book.objects.all()
    serializer_class = BookSerializer


router = routers.DefaultRouter()
router.register("books", BookViewSet)
urlpatterns = [path("api/", include(router.urls)), path("schema", SpectacularJSONAPIView.as_view())]

if __name__ == "__main__":
    from wsgiref.simple_server import make_server

    from django.core.wsgi import get_wsgi_application

    with connection.schema_editor() as editor:
        editor.create_model(Book)
    make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application()).serve_forever()
