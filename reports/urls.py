"""Addresses below `/reports/`."""

from django.urls import path

from reports import views
from reports.views.unreadable import explained

app_name = "reports"
SECTION = "<uuid:report_id>/write-up/sections/<slug:section_id>/"
urlpatterns = [
    path("", views.library, name="library"),
    path("sets/<uuid:cohort_id>/", views.of_set, name="of_set"),
    path("sets/<uuid:cohort_id>/own/", views.own, name="own"),
    path("preview/", views.preview, name="preview"),
    path("reading/", views.reading, name="reading"),
    path("meetings/<uuid:meeting_id>/prepare/", views.prepare, name="prepare"),
    path("<uuid:report_id>/", explained(views.report), name="report"),
    path("<uuid:report_id>/write-up/", explained(views.write_up), name="write_up"),
    path("<uuid:report_id>/write-up/cover/", explained(views.cover), name="cover"),
    path("<uuid:report_id>/write-up/add/", explained(views.add_section), name="add_section"),
    path("<uuid:report_id>/write-up/removed/delete/", explained(views.delete_removed), name="delete_removed"),
    path(SECTION, explained(views.section), name="section"),
    path(f"{SECTION}move/", explained(views.move_section), name="move_section"),
    path(f"{SECTION}hide/", explained(views.hide_section), name="hide_section"),
    path(f"{SECTION}remove/", explained(views.remove_section), name="remove_section"),
    path(f"{SECTION}put-back/", explained(views.put_back_section), name="put_back_section"),
    path("<uuid:report_id>/meetings/", explained(views.meetings), name="meetings"),
    path("<uuid:report_id>/review-copy/", explained(views.review_copy), name="review_copy"),
    path("<uuid:report_id>/review/", explained(views.review), name="review"),
    path("<uuid:report_id>/names/", explained(views.clearances), name="clearances"),
    path("<uuid:report_id>/objections/", explained(views.objections), name="objections"),
    path("<uuid:report_id>/candidate/", explained(views.candidate), name="candidate"),
    path("releases/<uuid:release_id>/", views.progress, name="progress"),
    path("releases/<uuid:release_id>/retry/", views.retry, name="retry"),
    path("releases/<uuid:release_id>/give/", explained(views.give), name="give"),
    path("releases/<uuid:release_id>/call-back/", views.call_back, name="call_back"),
    path("releases/<uuid:release_id>/release/", explained(views.release), name="release"),
    path("releases/<uuid:release_id>/withdraw/", views.withdraw, name="withdraw"),
    path("releases/<uuid:release_id>/read/", views.read, name="read"),
    path("releases/<uuid:release_id>/download/<str:file_format>/", views.download, name="download"),
    path("programmes/<uuid:programme_id>/download/", views.download_all, name="download_all"),
    path("releases/<uuid:release_id>/certificate/", views.certificate, name="certificate"),
]
