using System.Globalization;

namespace Plura.Tests;

public sealed class AnnouncementTests(PluraApp app)
{
    [Fact]
    public async Task Stands_above_peoples_pages_for_its_time_as_plain_text_until_each_closes_it()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        var page = await Announce(own, staff, "On Sunday we are <b>down</b> for an hour.", hours: 2);
        Assert.Contains("It is announced.", page.Text, StringComparison.Ordinal);
        var inside = await shop.SignIn();
        var today = await inside.Get($"/a/{shop.Slug}");
        Assert.Contains("On Sunday we are <b>down</b> for an hour.", today.Text, StringComparison.Ordinal);
        var after = await today.Submit("form[action^='/announcements/']", new { });
        Assert.Equal($"/a/{shop.Slug}", after.Url.AbsolutePath);
        Assert.DoesNotContain("On Sunday", after.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("On Sunday", (await (await own.EnterFromElsewhere(shop)).Browser.Get("/me")).Text, StringComparison.Ordinal);
        Assert.Contains("On Sunday", (await staff.Get("review")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'account.close_announcement' and actor_id = $1", shop.OwnerId));
        Assert.Contains("Closed by 1 person", (await staff.Get("announcements")).Text, StringComparison.Ordinal);
        own.Clock.Advance(TimeSpan.FromHours(3));
        Assert.DoesNotContain("On Sunday", (await (await own.EnterFromElsewhere(await own.NewAccount())).Browser.Get("/me")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_audience_sees_its_own()
    {
        await using var own = await app.Another();
        var (staff, house) = (await OperatorStaff.At(own), await AgencyHouse.Open(own));
        await Announce(own, staff, "For owners only.", 2, "owners");
        // More for others than a page has lines: they do not crowd out what is for this person.
        for (var n = 0; n < 5; n++)
            await Announce(own, staff, "For agencies only.", 2, "agencies");
        var cora = await house.Shop.Colleague(own);
        var (owner, desk, member) = (await house.Owner.Get($"/a/{house.Shop.Slug}"), await house.Desk.Get(house.At("")), await cora.Browser.Get($"/a/{house.Shop.Slug}"));
        Assert.Equal((true, false), (Sees(owner, "For owners only."), Sees(owner, "For agencies only.")));
        Assert.Equal((false, true), (Sees(desk, "For owners only."), Sees(desk, "For agencies only.")));
        Assert.Equal((false, false), (Sees(member, "For owners only."), Sees(member, "For agencies only.")));
    }

    [Fact]
    public async Task One_that_has_not_begun_or_was_ended_is_not_seen_and_times_must_make_sense()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        var inside = await shop.SignIn();
        Assert.Contains("It must end after it begins", (await Announce(own, staff, "Yesterday.", hours: -1)).Text, StringComparison.Ordinal);
        Assert.Contains("at most 90 days", (await Announce(own, staff, "For ever.", hours: 24 * 91)).Text, StringComparison.Ordinal);
        await Announce(own, staff, "Later today.", hours: 5, from: 3);
        Assert.False(Sees(await inside.Get($"/a/{shop.Slug}"), "Later today."));
        own.Clock.Advance(TimeSpan.FromHours(4));
        inside = (await own.EnterFromElsewhere(shop)).Browser;
        Assert.True(Sees(await inside.Get($"/a/{shop.Slug}"), "Later today."));
        await (await (await own.EnterFromElsewhere(staff.Own)).Browser.Get("/operator/announcements")).Submit("dialog form", new { });
        Assert.False(Sees(await inside.Get($"/a/{shop.Slug}"), "Later today."));
        Assert.Equal(2, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act in ('account.announce', 'account.end_announcement')"));
    }

    private static bool Sees(WebPage page, string text) => page.Text.Contains(text, StringComparison.Ordinal);

    /// <summary>Times as the operator's browser gives them: in the zone of their own account.</summary>
    private static async Task<WebPage> Announce(PluraApp own, OperatorStaff staff, string text, int hours, string audience = "everyone", int? from = null)
    {
        string Local(int ahead) => TimeZoneInfo.ConvertTime(own.Clock.GetUtcNow().AddHours(ahead), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        return await (await staff.Get("announcements")).Submit("textarea[name='Command.Text']", new { Text = text, Audience = audience, From = from is { } start ? Local(start) : "", Until = Local(hours) });
    }
}
