"""Addresses below `/reports/`."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.library, name="library"),
    path("preview/", views.preview, name="preview"),
    path("reading/", views.reading, name="reading"),
    path("meetings/<uuid:meeting_id>/prepare/", views.prepare, name="prepare"),
    path("<uuid:report_id>/", views.report, name="report"),
    path("<uuid:report_id>/write-up/", views.write_up, name="write_up"),
    path("<uuid:report_id>/review/", views.review, name="review"),
    path("<uuid:report_id>/names/", views.clearances, name="clearances"),
    path("<uuid:report_id>/objections/", views.objections, name="objections"),
    path("<uuid:report_id>/candidate/", views.candidate, name="candidate"),
    path("releases/<uuid:release_id>/", views.progress, name="progress"),
    path("releases/<uuid:release_id>/retry/", views.retry, name="retry"),
    path("releases/<uuid:release_id>/give/", views.give, name="give"),
    path("releases/<uuid:release_id>/call-back/", views.call_back, name="call_back"),
    path("releases/<uuid:release_id>/release/", views.release, name="release"),
    path("releases/<uuid:release_id>/withdraw/", views.withdraw, name="withdraw"),
    path("releases/<uuid:release_id>/download/", views.download, name="download"),
    path("releases/<uuid:release_id>/certificate/", views.certificate, name="certificate"),
]
