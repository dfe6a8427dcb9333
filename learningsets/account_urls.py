"""Signing in and out: of allauth's addresses only those this site uses."""

from allauth.account import views as allauth
from django.urls import path

from learningsets.views import sign_in

urlpatterns = [
    path("login/", sign_in.request_code, name="account_login"),
    path("login/", sign_in.request_code, name="account_request_login_code"),  # allauth's other name for the same page
    path("login/code/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", allauth.signup, name="account_signup"),  # says that people join by invitation
]
