"""Addresses of the site itself: home, programmes, sets, members, contracts."""

from django.urls import path

from learningsets.views import (
    contract,
    hand_over,
    home,
    invitations,
    me,
    members,
    organisers,
    programmes,
    set_up,
    sign_in,
)

app_name = "learningsets"
urlpatterns = [
    path("", home.home, name="home"),
    path("to-do/", home.to_do, name="to_do"),
    path("about/", home.about, name="about"),
    path("set-up/<str:token>/", set_up.set_up, name="set_up"),
    path("sign-in/<str:token>/", sign_in.sign_in, name="sign_in"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("invitations/<uuid:invitation_id>/resend/", invitations.invitation_resend, name="invitation_resend"),
    path("invitations/<uuid:invitation_id>/revoke/", invitations.invitation_revoke, name="invitation_revoke"),
    path("programmes/<uuid:programme_id>/", home.programme, name="programme"),
    path("programmes/<uuid:programme_id>/edit/", programmes.programme_edit, name="programme_edit"),
    path("programmes/<uuid:programme_id>/sets/add/", programmes.cohort_add, name="cohort_add"),
    path("programmes/<uuid:programme_id>/organisers/", organisers.organisers, name="organisers"),
    path("organisers/<uuid:membership_id>/leave/", organisers.organiser_leave, name="organiser_leave"),
    path("organisers/<uuid:membership_id>/return/", organisers.organiser_return, name="organiser_return"),
    path("sets/<uuid:cohort_id>/", home.cohort, name="cohort"),
    path("sets/<uuid:cohort_id>/edit/", programmes.cohort_edit, name="cohort_edit"),
    path("sets/<uuid:cohort_id>/contract/", contract.contract, name="contract"),
    path("sets/<uuid:cohort_id>/contract/sign/", contract.sign, name="sign"),
    path("sets/<uuid:cohort_id>/contract/edit/", contract.contract_edit, name="contract_edit"),
    path("sets/<uuid:cohort_id>/members/", members.members, name="members"),
    path("sets/<uuid:cohort_id>/members/invite/", invitations.invite, name="invite"),
    path("sets/<uuid:cohort_id>/facilitators/invite/", invitations.invite_facilitators, name="invite_facilitators"),
    path("sets/<uuid:cohort_id>/hand-over/", hand_over.hand_over, name="hand_over"),
    path("members/<uuid:membership_id>/", members.member, name="member"),
    path("members/<uuid:membership_id>/leave/", members.member_leave, name="member_leave"),
    path("members/<uuid:membership_id>/return/", members.member_return, name="member_return"),
    path("me/", me.me, name="me"),
    path("me/names/", me.me_names, name="me_names"),
    path("me/employer/", me.me_employer, name="me_employer"),
    path("me/address/", me.me_address, name="me_address"),
    path("me/address/code/", me.me_address_code, name="me_address_code"),
    path("me/export/", me.me_export, name="me_export"),
]
