"""Addresses below `/meetings/`."""

from django.urls import path

from sessions import views

app_name = "meetings"
urlpatterns = [
    path("sets/<uuid:cohort_id>/schedule/", views.schedule, name="schedule"),
    path("sets/<uuid:cohort_id>/add/", views.add, name="add"),
    path("sets/<uuid:cohort_id>/practice/", views.practice, name="practice"),
    path("<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("<uuid:meeting_id>/change/", views.change, name="change"),
    path("<uuid:meeting_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:meeting_id>/restore/", views.restore, name="restore"),
    path("<uuid:meeting_id>/apologies/", views.apologies, name="apologies"),
    path("<uuid:meeting_id>/apologies/withdraw/", views.withdraw_apologies, name="withdraw_apologies"),
    path("<uuid:meeting_id>/attendance/", views.attendance, name="attendance"),
    path("<uuid:meeting_id>/guests/", views.add_guest, name="add_guest"),
    path("<uuid:meeting_id>/guests/<int:guest_id>/remove/", views.remove_guest, name="remove_guest"),
    path("<uuid:meeting_id>/agenda/", views.agenda, name="agenda"),
    path("<uuid:meeting_id>/agenda/begin/", views.begin_agenda, name="begin_agenda"),
    path("<uuid:meeting_id>/agenda/carry/", views.carry_forward, name="carry_forward"),
    path("<uuid:meeting_id>/agenda/add/", views.add_item, name="add_item"),
    path("<uuid:meeting_id>/agenda/<uuid:item_id>/", views.item, name="item"),
    path("<uuid:meeting_id>/agenda/<uuid:item_id>/move/", views.move_item, name="move_item"),
    path("<uuid:meeting_id>/agenda/<uuid:item_id>/remove/", views.remove_item, name="remove_item"),
    path("<uuid:meeting_id>/agenda/<uuid:item_id>/put-back/", views.put_back_item, name="put_back_item"),
    path("<uuid:meeting_id>/room/", views.room, name="room"),
    path("<uuid:meeting_id>/room/now/", views.room_now, name="room_now"),
    path("<uuid:meeting_id>/room/press/", views.press, name="press"),
    path("<uuid:meeting_id>/room/tap/<uuid:membership_id>/", views.tap, name="tap"),
    path("<uuid:meeting_id>/room/park/", views.park, name="park"),
    path("<uuid:meeting_id>/room/park/<uuid:parked_id>/strike/", views.strike_parked, name="strike_parked"),
    path("<uuid:meeting_id>/concepts/", views.concepts, name="concepts"),
    path("<uuid:meeting_id>/concepts/now/", views.concepts_now, name="concepts_now"),
    path("<uuid:meeting_id>/concepts/add/", views.add_concept, name="add_concept"),
    path("<uuid:meeting_id>/concepts/<uuid:concept_id>/strike/", views.strike_concept, name="strike_concept"),
    path("<uuid:meeting_id>/concepts/<uuid:concept_id>/put-back/", views.put_back_concept, name="put_back_concept"),
    path("<uuid:meeting_id>/close/", views.close, name="close"),
    path("<uuid:meeting_id>/reopen/", views.reopen, name="reopen"),
]
