using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Privacy;
using Plura.Tests.Architecture;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Privacy;

public sealed class AuditReadsTests(PluraApp app)
{
    /// <summary>Routes that ask for a permission about people and show no data about them, and why.</summary>
    private static readonly Dictionary<string, string> ShowsNobody = new(StringComparer.Ordinal)
    {
        ["/a/{Account}/contacts/new"] = "an empty form",
        ["/a/{Account}/contacts/import"] = "an empty form",
        ["/a/{Account}/contacts/bulk"] = "what was done, and counts",
        ["/a/{Account}/contacts/bulk/{Id:guid}"] = "what was done, and counts",
        ["/api/v1/contacts/bulk/{id:guid}"] = "what was done, and counts",
        ["/a/{Account}/contacts/lists"] = "names of smart lists and what they ask",
        ["/a/{Account}/contacts/lists/new"] = "what a list asks, and a count",
        ["/a/{Account}/contacts/lists/{Id:guid}"] = "what a list asks, and a count",
        ["/api/v1/contacts/lists"] = "names of smart lists and what they ask",
        ["/api/v1/contacts/lists/{id:guid}"] = "what a list asks",
        ["/a/{Account}/companies"] = "names of companies and counts",
        ["/a/{Account}/companies/new"] = "an empty form",
        ["/a/{Account}/companies/bin"] = "names of companies",
        ["/api/v1/companies"] = "names of companies and counts",
        ["/api/v1/companies/{id:guid}"] = "a company and the number of its people",
        ["/api/v1/fields"] = "which fields there are, not what is in them",
        ["/a/{Account}/settings/fields"] = "which fields there are, not what is in them",
        ["/a/{Account}/settings/contacts"] = "how contacts are told apart",
        ["/api/v1/imports"] = "counts and file names",
        ["/api/v1/imports/mappings"] = "names of columns and where they go",
        ["/api/v1/imports/{id:guid}"] = "counts and file names",
        ["/a/{Account}/automations"] = "names of automations and counts",
        ["/a/{Account}/automations/new"] = "an empty form",
        ["/a/{Account}/automations/{Id:guid}"] = "a drawing and counts",
        ["/api/v1/automations"] = "names of automations and counts",
        ["/api/v1/automations/{id:guid}"] = "a drawing and counts",
        ["/api/v1/automations/{id:guid}/text"] = "a drawing",
        ["/a/{account}/automations/{id:guid}/text"] = "a drawing",
        ["/a/{Account}/campaigns"] = "names of campaigns and counts",
        ["/api/v1/campaigns"] = "names of campaigns and counts",
        ["/a/{Account}/campaigns/new"] = "the letter being written; the preview leaves its own entry",
        ["/a/{Account}/campaigns/{Id:guid}/edit"] = "the letter being written; the preview leaves its own entry",
        ["/a/{Account}/campaigns/{Id:guid}/review"] = "counts",
        ["/a/{Account}/campaigns/{Id:guid}"] = "counts",
        ["/api/v1/campaigns/{id:guid}"] = "counts",
        ["/a/{Account}/sites/forms"] = "names of forms and counts",
        ["/a/{Account}/sites/forms/new"] = "the form being built",
        ["/a/{Account}/sites/forms/{Id:guid}"] = "the form being built",
        ["/a/{Account}/opportunities/forecast"] = "sums",
        ["/a/{Account}/settings/pipelines"] = "names of stages",
        ["/a/{Account}/settings/pipelines/new"] = "the stages being named",
        ["/a/{Account}/settings/pipelines/{Id:guid}"] = "the stages being named",
        ["/api/v1/pipelines"] = "names of stages",
        ["/a/{Account}/help"] = "an empty form",
        ["/a/{Account}/settings/chat"] = "how the chat is set up",
        ["/a/{account}/settings/chat/preview"] = "the chat with nobody in it",
        ["/a/{Account}/settings/inbox"] = "how the inbox works, and sums",
        ["/api/v1/inbox"] = "how the inbox works",
        ["/a/{Account}/settings/sending-domains"] = "domains and their records",
        ["/a/{Account}/settings/sending-domains/{Id:guid}"] = "domains and their records",
        ["/a/{Account}/settings/snippets"] = "texts that are kept ready",
        ["/a/{Account}/conversations/views"] = "which conversations a view shows, not the conversations",
        ["/a/{account}/conversations/new/snippets"] = "texts that are kept ready, with their fields unfilled",
        ["/api/v1/inbox-views"] = "which conversations a view shows, not the conversations",
        ["/api/v1/sending-domains"] = "domains and their records",
        ["/api/v1/sending-domains/{id:guid}"] = "domains and their records",
        ["/api/v1/snippets"] = "texts that are kept ready",
        ["/a/{Account}"] = "figures, and what is due for whoever looks; a contact that it leads to leaves its own entry",
        ["/a/{account}/live"] = "parts of a page that left its entry",
        ["/a/{Account}/settings"] = "the business itself",
        ["/a/{Account}/settings/apps"] = "names of programs",
        ["/a/{Account}/settings/close"] = "what closing means",
        ["/a/{Account}/settings/frequency"] = "a number",
        ["/a/{Account}/settings/roles"] = "names of roles and counts",
        ["/a/{Account}/settings/snapshots"] = "a set-up holds nobody's data",
        ["/a/{Account}/settings/snapshots/{Id:guid}"] = "a set-up holds nobody's data",
        ["/a/{account}/settings/snapshots/{id:guid}/file"] = "a set-up holds nobody's data",
        ["/a/{Account}/settings/support"] = "which firm may come in, until when",
        ["/a/{Account}/settings/take-out"] = "what can be taken out; taking it leaves its entry",
        ["/a/{Account}/settings/tokens"] = "names of programs",
        ["/a/{Account}/settings/unfinished"] = "kinds of work and why they failed",
        ["/a/{Account}/stopped"] = "why the account's sending was stopped",
        ["/g/{Agency}"] = "names of accounts and figures",
        ["/g/{Agency}/accounts/new"] = "an empty form",
        ["/g/{Agency}/apps"] = "names of programs",
        ["/g/{Agency}/apps/{Id:guid}"] = "a program",
        ["/g/{Agency}/brand"] = "the agency's look",
        ["/g/{Agency}/snapshots"] = "a set-up holds nobody's data",
        ["/g/{Agency}/snapshots/{Id:guid}"] = "a set-up holds nobody's data",
        ["/g/{agency}/snapshots/{id:guid}/file"] = "a set-up holds nobody's data",
        ["/g/{Agency}/support"] = "which accounts let the agency in",
        ["/operator"] = "how the installation is",
        ["/operator/accounts"] = "names of accounts and figures",
        ["/operator/agencies"] = "names of agencies and figures",
        ["/operator/agencies/{Id:guid}"] = "an agency's accounts and figures",
        ["/operator/announcements"] = "what was announced",
        ["/operator/hosts"] = "host names",
        ["/operator/log"] = "the log itself; taking it out leaves its entry",
        ["/operator/mail"] = "why mails were not understood, and names of accounts",
        ["/operator/providers"] = "how providers are",
        ["/operator/review"] = "names of accounts and signals",
        ["/operator/review/{Id:guid}"] = "an account, its signals and its appeal",
        ["/operator/strangers"] = "numbers of messages and when they were found",
        ["/operator/support"] = "which accounts let the operator in",
        ["/operator/work"] = "kinds of work and why they failed",
    };

    [Fact]
    public async Task Opening_a_contact_leaves_one_entry_about_it_and_asking_for_its_headers_none()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var browser = await account.SignIn();
        await browser.Get(account.Page($"contacts/{ann}"));
        (await browser.Send(HttpMethod.Head, account.Page($"contacts/{ann}"))).Dispose();
        await account.Api.GetJson($"/api/v1/contacts/{ann}");
        var looks = (await account.Log(app)).Where(e => e.Act == "contacts.read").ToList();
        Assert.Equal(["user", "token"], looks.Select(e => e.ActorKind));
        Assert.All(looks, e => Assert.Equal((ann, "contact"), (e.About, e.Kind)));
    }

    [Fact]
    public async Task A_list_leaves_one_entry_with_the_number_of_people_on_it_and_nobodys_name()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        await account.Person("Ben");
        await account.SignIn();
        await account.Browser.Get(account.Page("contacts?q=ann"));
        var page = await account.Last(app);
        Assert.Equal(("contacts.list", null, "1"), (page.Act, page.About, page.Facts["people"]));
        await account.Api.PostJson("/api/v1/contacts/search", new { });
        var search = await account.Last(app);
        Assert.Equal(("contacts.list", "token", "2"), (search.Act, search.ActorKind, search.Facts["people"]));
    }

    [Fact]
    public async Task A_page_that_answers_a_post_by_itself_was_looked_at_and_one_that_leads_elsewhere_was_not()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        await account.SignIn();
        var list = await account.Browser.Get(account.Page("contacts?q=ann"));
        var nobodyChosen = await list.Submit(".contact-list", new { Do = "tag", NewTag = "" });
        Assert.Equal((HttpStatusCode.OK, true), (nobodyChosen.Status, nobodyChosen.Text.Contains("ann@people.example", StringComparison.Ordinal)));
        Assert.Equal(["contacts.create", "contacts.list", "contacts.list"], (await account.Log(app)).Select(e => e.Act));
        Assert.Equal("1", (await account.Last(app)).Facts["people"]);

        var card = await account.Browser.Get(account.Page($"contacts/{ann}"));
        var noTag = await card.Submit("[name=NewTag]", new { NewTag = "" });
        Assert.Contains("ann@people.example", noTag.Text, StringComparison.Ordinal);
        Assert.Equal(["contacts.read", "contacts.read"], (await account.Log(app)).Skip(3).Select(e => e.Act));

        await card.Submit("[name=NewTag]", new { NewTag = "Friend" });
        Assert.Equal(["contacts.tag", "contacts.read"], (await account.Log(app)).Skip(5).Select(e => e.Act));
    }

    [Fact]
    public async Task What_does_not_exist_for_the_account_leaves_no_entry()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var ben = await other.Person("Ben");
        using var answer = await mine.Api.Send(HttpMethod.Get, $"/api/v1/contacts/{ben}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await mine.Log(app));
        Assert.Single(await other.Log(app));
    }

    [Fact]
    public async Task A_file_of_recipients_is_on_record_once()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter();
        await account.Send(campaign);
        await account.Settle(app);
        using (await account.Api.Send(HttpMethod.Get, $"/api/v1/campaigns/{campaign}/recipients.csv"))
        {
        }

        var entry = Assert.Single(await account.Log(app), e => e.Act == "campaigns.export_recipients");
        Assert.Equal((campaign, "campaign"), (entry.About, entry.Kind));
    }

    [Fact]
    public async Task Looks_and_refusals_at_the_desks_stand_in_the_installations_log()
    {
        await using var own = await app.Another();
        var staff = await OperatorStaff.At(own);
        var kim = await staff.Own.Colleague(own, name: "Kim Colleague");
        await (await staff.Browser.Get($"/g/{staff.Own.Slug}/people")).Submit("[name='Command.UserId']", new { UserId = kim.Id.ToString() });
        Assert.Equal(HttpStatusCode.Forbidden, (await kim.Browser.Get($"/g/{staff.Own.Slug}/people")).Status);
        foreach (var page in (string[])["sign-ups", "unclear", $"accounts/{staff.Own.Id}"])
            Assert.Equal(HttpStatusCode.OK, (await staff.Get(page)).Status);
        await own.Services.GetRequiredService<ReadLog>().Flush(CancellationToken.None);
        Assert.Equal(
            ["agency.list_people done", "operator.list_sign_ups done", "operator.list_unclear done", "operator.read_account done"],
            await Entries(staff.Own.OwnerId, "outcome = 'done' and act ~ '[.](list|read)_'"));
        Assert.Equal(["desk.refused refused"], await Entries(kim.Id, "facts ->> 'permission' = 'agency.people'"));
        Assert.Equal(staff.Own.Id, await own.Ask<Guid>("select about from privacy.operator_audit_entry where act = 'operator.read_account'"));

        async Task<string[]> Entries(Guid who, string which) =>
            await own.Ask<string[]>($"select array_agg(distinct act || ' ' || outcome order by act || ' ' || outcome) from privacy.operator_audit_entry where actor_id = $1 and {which}", who) ?? [];
    }

    [Fact]
    public void Every_page_and_endpoint_that_may_show_people_leaves_an_entry_or_says_why_not()
    {
        var looks = EndpointRules.Ours(app.Services.GetRequiredService<EndpointDataSource>())
            .Where(e => EndpointRules.Methods(e).Contains("GET", StringComparer.Ordinal))
            .Where(e => e.Metadata.GetMetadata<PermissionAttribute>() is not null)
            .ToLookup(e => e.Metadata.GetMetadata<ReadsPersonalDataAttribute>() is not null, EndpointRules.Pattern);
        Assert.Equal(ShowsNobody.Keys.Order(StringComparer.Ordinal), looks[false].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.True(looks[true].Count() > 12, $"Only {looks[true].Count()} routes leave an entry.");
    }

    [Fact]
    public void Every_act_of_looking_has_words()
    {
        var words = app.Services.GetServices<IModule>().SelectMany(m => m.Acts).Select(a => a.Act).ToList();
        Assert.Equal(words.Count, words.Distinct(StringComparer.Ordinal).Count());
        Assert.All(EndpointRules.Ours(app.Services.GetRequiredService<EndpointDataSource>()).Select(e => e.Metadata.GetMetadata<ReadsPersonalDataAttribute>()?.Act).OfType<string>(), act => Assert.Contains(act, words));
    }
}
