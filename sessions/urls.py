"""Addresses below `/meetings/`."""

from django.urls import path

from sessions import views

app_name = "meetings"
urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/yours/", views.your_calendar, name="your_calendar"),
    path("calendar/yours/renew/", views.renew_feed, name="renew_feed"),
    path("calendar/yours/revoke/", views.revoke_feed, name="revoke_feed"),
    path("calendar/feed/<str:token>.ics", views.feed, name="feed"),
    path("reminders/stop/<str:token>/", views.stop_reminders, name="stop_reminders"),
    path("sets/<uuid:cohort_id>/reminders/off/", views.reminders_off, name="reminders_off"),
    path("sets/<uuid:cohort_id>/reminders/on/", views.reminders_on, name="reminders_on"),
    path("sets/<uuid:cohort_id>/schedule/", views.schedule, name="schedule"),
    path("sets/<uuid:cohort_id>/add/", views.add, name="add"),
    path("sets/<uuid:cohort_id>/copy/", views.copy_set, name="copy_set"),
    path("sets/<uuid:cohort_id>/calendar/", views.set_calendar, name="set_calendar"),
    path("<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("<uuid:meeting_id>/change/", views.change, name="change"),
    path("<uuid:meeting_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:meeting_id>/restore/", views.restore, name="restore"),
    path("<uuid:meeting_id>/apologies/", views.apologies, name="apologies"),
    path("<uuid:meeting_id>/apologies/withdraw/", views.withdraw_apologies, name="withdraw_apologies"),
    path("<uuid:meeting_id>/attendance/", views.attendance, name="attendance"),
    path("<uuid:meeting_id>/guests/", views.add_guest, name="add_guest"),
    path("<uuid:meeting_id>/guests/<int:guest_id>/remove/", views.remove_guest, name="remove_guest"),
    path("<uuid:meeting_id>/concepts/", views.concepts, name="concepts"),
    path("<uuid:meeting_id>/concepts/now/", views.concepts_now, name="concepts_now"),
    path("<uuid:meeting_id>/concepts/add/", views.add_concept, name="add_concept"),
    path("<uuid:meeting_id>/concepts/<uuid:concept_id>/strike/", views.strike_concept, name="strike_concept"),
    path("<uuid:meeting_id>/concepts/<uuid:concept_id>/put-back/", views.put_back_concept, name="put_back_concept"),
    path("<uuid:meeting_id>/close/", views.close, name="close"),
    path("<uuid:meeting_id>/reopen/", views.reopen, name="reopen"),
]
