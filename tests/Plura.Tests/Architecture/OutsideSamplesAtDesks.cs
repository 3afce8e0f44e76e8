using System.Text;
using Plura.Tests.Campaigns;
using Plura.Tests.Conversations;

namespace Plura.Tests.Architecture;

/// <summary>The agency's desk and the operator's; see <see cref="OutsideSamples"/>.</summary>
/// <param name="app">Asks <paramref name="names"/> about host names.</param>
/// <param name="staff">Somebody at the operator's desk.</param>
/// <param name="names">The name system.</param>
internal sealed class OutsideSamplesAtDesks(PluraApp app, OperatorStaff staff, LocalNames names)
{
    private const string EmptySetUp = "{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{}}";
    private int number;

    public Dictionary<string, Func<Task<Func<Task<WebPage>>>>> All => new(StringComparer.Ordinal)
    {
        ["CreateAccountPage create-account"] = async () => await At(await Desk(), "accounts/new", "input[name='Command.Name']", Opened()),
        ["AgencyAccountPage offer-account"] = async () =>
        {
            var desk = await Desk();
            await (await At(desk, "accounts/new", "input[name='Command.Name']", Opened()))();
            var account = await Other(desk);
            // A letter a minute is enough for anybody.
            app.Clock.Advance(TimeSpan.FromSeconds(70));
            return await At(desk, $"accounts/{account}", "[name='Owner.OwnerEmail']", new { OwnerEmail = $"later{++number}@people.example" });
        },
        ["AgencyAccountPage pause-account"] = async () => await Account(await AgencyHouse.Open(app), "textarea[name='Command.Reason']", new { Reason = "The bill is open" }),
        ["AgencyAccountPage resume-account"] = async () =>
        {
            var house = await AgencyHouse.Open(app);
            await (await Account(house, "textarea[name='Command.Reason']", new { Reason = "The bill is open" }))();
            return await Account(house, "[name=_handler][value=resume-account]", new { });
        },
        ["AgencyAccountPage close-account"] = async () => await Untaken("input[name='Closing.Name']", new { Name = "Gym Uptown" }),
        ["AgencyAccountPage reopen-account"] = async () =>
        {
            var desk = await Desk();
            await (await Untaken("input[name='Closing.Name']", new { Name = "Gym Uptown" }, desk))();
            return await At(desk, $"accounts/{await Other(desk)}", "[name=_handler][value=reopen-account]", new { });
        },
        ["AgencyPeoplePage put-at-desk"] = async () =>
        {
            var desk = await Desk();
            return await At(desk, "people", "[name='Command.UserId']", new { UserId = (await desk.Colleague(app)).Id.ToString() });
        },
        ["AgencyPeoplePage role"] = async () => await WithSomebody(kim => $"[name=_handler][value='role-{kim:N}']"),
        ["AgencyPeoplePage leave"] = async () => await WithSomebody(kim => $"#leave-{kim:N} form"),
        ["BrandPage brand"] = async () => await At(await Desk(), "brand", "input[name='Command.Accent']", new { Name = "Sunrise", Accent = "#7a3cff" }),
        ["BrandPage check-mail-domain"] = async () =>
        {
            MailKeys.Make(app);
            var page = await (await At(await Desk(), "brand", "input[name='Command.Accent']", new { Name = "Sunrise", SenderDomain = $"mail{++number}.sunrise.example" }))();
            return () => page.Submit("#mail form", new { });
        },
        ["BrandPage claim-host"] = async () => await At(await Desk(), "brand", "input[name='Command.Host']", new { Host = $"app{++number}.sunrise.example" }),
        ["BrandPage check"] = async () =>
        {
            var (page, host) = await Claimed();
            names.Texts["_plura." + host] = page.Find("#hosts .copy-line code").TextContent;
            return () => page.Submit("[name=_handler][value^=check-]", new { });
        },
        ["BrandPage drop"] = async () =>
        {
            var (page, _) = await Claimed();
            return () => page.Submit("[id^=drop-] form", new { });
        },
        ["AppsPage new-app"] = async () => await At(await Desk(), "apps", "[name='Command.Name']", new { Name = "Till Roll", Returns = TestOAuthApp.Return, Scopes = (string[])["contacts.read"], Kind = "server" }),
        ["AppPage app"] = async () => await Program("[name='Command.Name']", new { Name = "Cash Desk" }),
        ["AppPage app-secret"] = async () => await Program("#app-secret form", new { }),
        ["AppPage delete-app"] = async () => await Program("#delete-app form", new { }),
        ["AgencySnapshotsPage save-snapshot"] = async () =>
        {
            var desk = await Desk();
            return await At(desk, "snapshots", "[name='Command.Name']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Name"] = "As it is", ["Command.AccountId"] = desk.Id.ToString() });
        },
        ["AgencySnapshotsPage upload-snapshot"] = async () => await At(await Desk(), "snapshots", "form[enctype]", new { File = new UploadedFile("set-up.json", Encoding.UTF8.GetBytes(EmptySetUp), "application/json") }),
        ["AgencySnapshotPage stamp-snapshot"] = async () =>
        {
            var desk = await Desk();
            return await Shelf(desk, "form:has([name='Command.TryOnly'])", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.AccountId"] = desk.Id.ToString() }, "Stamp it");
        },
        ["AgencySnapshotPage delete-snapshot"] = async () => await Shelf(await Desk(), "#delete-snapshot form", new { }),
        ["OperatorAccountPage stop-account"] = async () => await Operator($"accounts/{(await app.NewAccount()).Id}", "textarea[name='Command.Reason']", new { Reason = "Where do these addresses come from?" }),
        ["OperatorAccountPage vouch"] = async () => await Operator($"accounts/{(await app.NewAccount()).Id}", "[name=_handler][value=vouch]", new { }),
        ["ReviewPage decide-stop"] = async () =>
        {
            var shop = await app.NewAccount();
            await staff.Stop(shop, "Where do these addresses come from?");
            return await Operator($"review/{await app.Ask<Guid>("select id from accounts.account_stop where account_id = $1", shop.Id)}", "textarea[name='Command.Sentence']", new { Do = "release", Sentence = "All is explained." });
        },
        ["AnnouncementsPage announce"] = () => Operator("announcements", "textarea[name='Command.Text']", Announcement),
        ["AnnouncementsPage end-announcement"] = async () =>
        {
            await (await Operator("announcements", "textarea[name='Command.Text']", Announcement))();
            return await Operator("announcements", "[id^=end-] form", new { });
        },
        ["OperatorUnclearPage one"] = async () =>
        {
            await staff.Own.AskForLetter();
            await staff.Own.Settle(app);
            await app.Do("update messaging.send set state = 'unknown' where id = (select id from messaging.send where origin = 'system' order by planned_at desc limit 1)");
            return await Operator("unclear", "[name=_handler][value^=one]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["resend"] = "false" });
        },
        ["OperatorStrangersPage settle-strangers"] = async () =>
        {
            await app.Do("insert into messaging.stranger (message_id, found_at) values (gen_random_uuid() || '@elsewhere.example', $1)", app.Clock.GetUtcNow());
            return await Operator("strangers", "#settle-strangers form", new { });
        },
        ["KeptMailPage try"] = async () =>
        {
            await app.TryReceive("nobody-here@inbox.test", InboxDesk.Letter("ann@people.example", "Whose is it?"));
            return await Operator("mail", "[name=_handler][value^=try-]", new { });
        },
        ["KeptMailPage delete"] = async () =>
        {
            await app.TryReceive("nobody-here@inbox.test", InboxDesk.Letter("ann@people.example", "Whose is it?"));
            return await Operator("mail", "[id^=delete-] form", new { });
        },
        ["OperatorHostsPage confirm"] = async () =>
        {
            var (_, host) = await Claimed();
            var id = await app.Ask<Guid>("select id from accounts.agency_host where host = $1", host);
            return await Operator("hosts", $"[id='confirm-{id}'] form", new { });
        },
    };

    private Task<Guid> Other(TestAccount desk) =>
        app.Ask<Guid>("select a.id from accounts.account a join accounts.account mine on mine.agency_id = a.agency_id where mine.id = $1 and a.id <> $1", desk.Id);

    /// <summary>The page of an account that waits for its owner.</summary>
    private async Task<Func<Task<WebPage>>> Untaken(string form, object fields, TestAccount? desk = null)
    {
        desk ??= await Desk();
        await (await At(desk, "accounts/new", "input[name='Command.Name']", Opened()))();
        return await At(desk, $"accounts/{await Other(desk)}", form, fields);
    }

    private static object Announcement => new { Text = "On Sunday we are away for an hour.", Audience = "everyone", From = "", Until = "2026-11-20T12:00" };

    /// <summary>An agency of one account, whose owner is signed in.</summary>
    private async Task<TestAccount> Desk()
    {
        var desk = await app.NewAccount("Sunrise Agency");
        await desk.SignIn();
        return desk;
    }

    private object Opened() => new { Name = "Gym Uptown", Country = "US", TimeZone = "America/New_York", OwnerEmail = $"owner{++number}@people.example" };

    private static Task<Func<Task<WebPage>>> At(TestAccount desk, string page, string form, object fields, string? button = null) => OutsideSamples.Form(desk.Browser, $"/g/{desk.Slug}/{page}", form, fields, button);

    private static Task<Func<Task<WebPage>>> Account(AgencyHouse house, string form, object fields) => OutsideSamples.Form(house.Desk, house.At($"accounts/{house.Shop.Id}"), form, fields);

    private Task<Func<Task<WebPage>>> Operator(string page, string form, object fields) => OutsideSamples.Form(staff.Browser, "/operator/" + page, form, fields);

    private async Task<Func<Task<WebPage>>> WithSomebody(Func<Guid, string> form)
    {
        var desk = await Desk();
        var kim = (await desk.Colleague(app)).Id;
        await (await At(desk, "people", "[name='Command.UserId']", new { UserId = kim.ToString() }))();
        return await At(desk, "people", form(kim), new { });
    }

    /// <summary>An agency's page after it claimed a host name.</summary>
    private async Task<(WebPage Page, string Host)> Claimed()
    {
        var host = $"app{++number}.sunrise.example";
        return (await (await At(await Desk(), "brand", "input[name='Command.Host']", new { Host = host }))(), host);
    }

    private async Task<Func<Task<WebPage>>> Program(string form, object fields)
    {
        var desk = await Desk();
        return await At(desk, $"apps/{(await TestOAuthApp.Of(app, desk)).Id}", form, fields);
    }

    /// <summary>A set-up on the agency's shelf in which nothing stands: stamped, it changes nothing else.</summary>
    private async Task<Func<Task<WebPage>>> Shelf(TestAccount desk, string form, object fields, string? button = null)
    {
        var id = await app.Ask<Guid>(
            $"insert into accounts.agency_snapshot (id, agency_id, name, document, saved_at) select gen_random_uuid(), agency_id, 'Kept', '{EmptySetUp}', $2 from accounts.account where id = $1 returning id",
            desk.Id, app.Clock.GetUtcNow());
        return await At(desk, $"snapshots/{id}", form, fields, button);
    }
}
