"""Addresses below `/challenges/`."""

from django.urls import path

from challenges.views import action, airtime, challenge, evaluation, reflect, table

app_name = "challenges"
urlpatterns = [
    path("reflect/", reflect.reflect, name="reflect"),
    path("kept/", table.kept, name="kept"),
    path("said/<uuid:meeting_id>/", table.said, name="said"),
    path("questions/<uuid:meeting_id>/", table.questions, name="questions"),
    path("sets/<uuid:cohort_id>/", challenge.challenges, name="challenges"),
    path("sets/<uuid:cohort_id>/log/", challenge.log, name="log"),
    path("sets/<uuid:cohort_id>/ledger/", airtime.ledger, name="ledger"),
    path("meetings/<uuid:meeting_id>/bid/", airtime.bid, name="bid"),
    path("meetings/<uuid:meeting_id>/items/<uuid:item_id>/present/", airtime.present, name="present"),
    path("airtime/<uuid:airtime_id>/", airtime.airtime, name="airtime"),
    path("airtime/<uuid:airtime_id>/ask/", airtime.ask, name="ask"),
    path("airtime/<uuid:airtime_id>/actions/add/", action.add_action, name="add_action"),
    path("actions/<uuid:action_id>/", action.action, name="action"),
    path("progress/<uuid:meeting_id>/", action.progress, name="progress"),
    path("sets/<uuid:cohort_id>/give-back/", table.give_back, name="give_back"),
    path("programmes/<uuid:programme_id>/evaluation/", evaluation.evaluation, name="evaluation"),
    path("<uuid:challenge_id>/", challenge.challenge, name="challenge"),
    path("<uuid:challenge_id>/edit/", challenge.edit, name="edit"),
    path("<uuid:challenge_id>/share/", challenge.share, name="share"),
    path("<uuid:challenge_id>/delete/", challenge.delete, name="delete"),
]
