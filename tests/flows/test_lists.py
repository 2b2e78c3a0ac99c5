"""Lists share a campaign's calls: by priority, in proportion, and an empty one gives its share away."""

from __future__ import annotations

from decroche.campaigns.feeding import feed
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.schemas import FeedIn
from decroche.campaigns.steering import lists
from decroche.campaigns.steering.schema import ListsIn
from decroche.contacts.models import Contact, ImportBatch
from tests.fakes.story import Story
from tests.flows.steering import claim, floor_knows
from tests.flows.tell import Tell


async def batch(floor: Story, campaign: Campaign, name: str, count: int) -> list[Contact]:
    """So many prospects that a file of that name brought."""
    prospects = await floor.prospects(campaign, count)

    def bring() -> None:
        made = ImportBatch.objects.create(name=name, file_name="x.csv", stored_as="x")
        QueueEntry.objects.filter(campaign=campaign, contact__in=prospects).update(batch=made)

    await floor.rows(bring)
    return prospects


async def share(floor: Story, campaign: Campaign, **shares: tuple[int, int]) -> None:
    """Name of the batch = (priority, share); `rest` is the rest."""
    boss = await floor.user("Nadia", role="supervisor")

    def put() -> None:
        keys = {one.name: f"batch:{one.pk}" for one in ImportBatch.objects.all()} | {"rest": "rest"}
        body = [{"key": keys[name], "priority": p, "share": s} for name, (p, s) in shares.items()]
        lists.put(boss, campaign.pk, ListsIn.model_validate({"lists": body}))

    await floor.web(put)
    await floor_knows(floor, campaign)


async def claimed(floor: Story, campaign: Campaign, count: int, **named: list[Contact]) -> str:
    """The lists that the next calls come from, by their letter."""
    found = await claim(floor, campaign, count)
    letter = {contact.pk: name[0] for name, contacts in named.items() for contact in contacts}
    return "".join(letter[one] for one in found)


def test_seventy_thirty_call_by_call_and_in_one_go(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        a, b = await batch(floor, campaign, "a", 20), await batch(floor, campaign, "b", 20)
        await share(floor, campaign, a=(0, 70), b=(0, 30))
        one_by_one = "".join([await claimed(floor, campaign, 1, a=a, b=b) for _ in range(10)])
        assert (one_by_one, await claimed(floor, campaign, 10, a=a, b=b)) == ("aabaabaaab", "aabaabaaab")

    tell(story)


def test_an_empty_list_gives_its_share_away(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        a, b = await batch(floor, campaign, "a", 3), await batch(floor, campaign, "b", 9)
        await share(floor, campaign, a=(0, 50), b=(0, 50))
        assert sorted(await claimed(floor, campaign, 10, a=a, b=b)) == list("aaabbbbbbb")

    tell(story)


def test_a_higher_priority_is_emptied_first_and_a_share_of_nothing_is_not_called(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        a, b = await batch(floor, campaign, "a", 2), await batch(floor, campaign, "b", 2)
        rest = await floor.prospects(campaign, 2)
        await share(floor, campaign, a=(0, 1), b=(10, 1), rest=(0, 0))
        assert await claimed(floor, campaign, 9, a=a, b=b, rest=rest) == "bbaa"

    tell(story)


def test_a_pushed_lead_comes_before_all_lists(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        a, b = await batch(floor, campaign, "a", 3), await batch(floor, campaign, "b", 3)
        await share(floor, campaign, a=(5, 1), b=(0, 1))
        lead = await floor.prospects(campaign, 1, priority=10)
        assert await claimed(floor, campaign, 3, a=a, b=b, lead=lead) == "laa"

    tell(story)


def test_one_batch_feeds_two_campaigns_and_each_shares_as_it_likes(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        first, second = await floor.campaign(), await floor.campaign("Autre")
        a, b = await batch(floor, first, "a", 6), await batch(floor, first, "b", 6)

        def feed_again() -> None:
            for entry in QueueEntry.objects.filter(campaign=first):
                QueueEntry.objects.create(
                    campaign=second, contact_id=entry.contact_id, batch_id=entry.batch_id, not_before=entry.not_before
                )

        await floor.rows(feed_again)
        await share(floor, first, a=(0, 3), b=(0, 1))
        await share(floor, second, b=(1, 1))
        assert await claimed(floor, second, 3, a=a, b=b) == "bbb"
        assert await claimed(floor, first, 4, a=a, b=b) == "aaab"

    tell(story)


def test_what_comes_while_lists_share_the_calls_is_a_list_of_its_own_at_once(tell: Tell) -> None:
    """Bugs: a batch that came later was called as one of the rest, whatever the screen said of it (never, where the
    rest is not called); a list fed under a name was not called until something else of the campaign was changed."""

    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        a = await batch(floor, campaign, "a", 1)
        await floor.prospects(campaign, 3)
        await share(floor, campaign, a=(5, 1), rest=(0, 0))
        boss = await floor.user("Chef", role="supervisor")
        later, named = await floor.prospects(None, 2), await floor.prospects(None, 2)

        def bring() -> None:
            made = ImportBatch.objects.create(name="later", file_name="x.csv", stored_as="x")
            Contact.objects.filter(pk__in=[one.pk for one in later]).update(batch=made)
            feed(boss, campaign.pk, FeedIn(batch_id=made.pk))
            feed(boss, campaign.pk, FeedIn(contact_ids=[one.pk for one in named], list_name="Salon"))
            QueueEntry.objects.filter(campaign=campaign).update(not_before=floor.clock.now())

        await floor.web(bring)
        known = floor.floor.world.campaigns[campaign.pk]
        await floor.until(lambda: len(known.turns.streams) == 4)
        assert sorted(await claimed(floor, campaign, 9, a=a, later=later, named=named)) == list("allnn")

    tell(story)
