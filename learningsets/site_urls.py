"""Addresses of the site itself: home, programmes, sets, members, contracts."""

from django.urls import URLPattern

app_name = "learningsets"
urlpatterns: list[URLPattern] = []
