"""Ticks of which there are many."""

from typing import Any

from django import forms


class FoldedTicks(forms.CheckboxSelectMultiple):
    """Ticks in groups, each folded up until something in it is ticked."""

    template_name = "_folded_ticks.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With `folds`: each group's name, its ticks, and how many of them are set."""
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["folds"] = [(group, ticks, sum(one["selected"] for one in ticks)) for group, ticks, _index in groups]
        return context
