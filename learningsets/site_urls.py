"""Addresses of the site itself: home, programmes, sets, members, contracts."""

from django.urls import path

from learningsets.views import contract, home, members

app_name = "learningsets"
urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("programmes/<uuid:programme_id>/", home.programme, name="programme"),
    path("sets/<uuid:cohort_id>/", home.cohort, name="cohort"),
    path("sets/<uuid:cohort_id>/contract/", contract.contract, name="contract"),
    path("sets/<uuid:cohort_id>/contract/sign/", contract.sign, name="sign"),
    path("sets/<uuid:cohort_id>/contract/edit/", contract.contract_edit, name="contract_edit"),
    path("sets/<uuid:cohort_id>/members/", members.members, name="members"),
]
