"""The whole site's addresses. Other apps are included by name, never imported."""

from django.urls import include, path

from learningsets.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("learningsets.site_urls")),
    path("accounts/", include("learningsets.account_urls")),
    path("meetings/", include("sessions.urls")),
    path("challenges/", include("challenges.urls")),
    path("reports/", include("reports.urls")),
]
