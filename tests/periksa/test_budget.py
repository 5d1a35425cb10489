from dataclasses import replace

from periksa.budget import budget
from periksa.findings import Target
from periksa.pace import Links
from periksa.pages import Page
from periksa.plan import Big, plan_for

NEAR, FAR = Target("kantor", "10.0.0.1"), Target("desa", "10.0.9.1", (22,))
LINKS = Links(ways={"10.0.0.1": ("serat",), "10.0.9.1": ("serat", "radio")})
PLAN = replace(plan_for([NEAR, FAR]), links=LINKS)


def test_a_link_carries_what_goes_to_all_behind_it():
    cost = budget(PLAN)

    assert cost["serat"] > cost["radio"] > 0
    assert cost["*"] == cost["serat"]


def test_nothing_costs_nothing():
    assert not any(budget(plan_for([])).values())


def test_large_packets_cost_at_most_those_that_get_them():
    one = budget(replace(PLAN, big=Big(targets=1)))
    all_of_them = budget(replace(PLAN, big=Big(targets=9)))

    assert budget(PLAN)["radio"] < one["radio"] == all_of_them["radio"]
    assert one["serat"] < all_of_them["serat"]


def test_an_agency_is_looked_at_for_less_than_a_photograph_sent_by_mail():
    targets = [Target(str(number), f"192.0.2.{number}", (80,)) for number in range(1, 13)]

    assert budget(plan_for(targets, [NEAR], ["a.test"]))["*"] < 200_000


def test_names_and_pages_are_counted_on_the_way_to_whom_they_are_asked():
    plan = replace(plan_for([], [FAR], ["a.test"]), links=LINKS)
    paged = replace(plan, pages=(Page("http://10.0.9.1/"),))

    assert 0 < budget(plan)["radio"] < budget(paged)["radio"]
