using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Tests.Campaigns;
using Plura.Tests.Contacts;
using Plura.Tests.Opportunities;
using Plura.Tests.Sites;

namespace Plura.Tests.Architecture;

/// <summary>
/// An account in which everything has happened once, and for every route of the application the addresses under which something of it is
/// found: what a visitor, a scanner or a program could really ask for.
/// </summary>
internal sealed partial class LivedIn(TestAccount account)
{
    private const string Nobody = "01999999-0000-7000-8000-000000000000";
    private readonly List<(string Start, string Parameter, string Value)> values = [];
    private readonly Dictionary<string, string[]> queries = new(StringComparer.Ordinal);

    public static async Task<LivedIn> In(PluraApp app, TestAccount account)
    {
        var home = new LivedIn(account);
        await home.Fill(app);
        return home;
    }

    /// <summary>Every address of a route: with each of our things in its parameters, bare and with the queries that its pages know.</summary>
    public IEnumerable<string> Paths(RouteEndpoint endpoint)
    {
        var pattern = EndpointRules.Pattern(endpoint);
        IEnumerable<string> paths = [""];
        foreach (var part in endpoint.RoutePattern.PathSegments.SelectMany(s => s.Parts.Prepend(RoutePatternFactory.LiteralPart("/"))))
        {
            paths = part switch
            {
                RoutePatternLiteralPart literal => paths.Select(p => p + literal.Content),
                RoutePatternSeparatorPart separator => paths.Select(p => p + separator.Content),
                RoutePatternParameterPart { Name: var name } => [.. paths.SelectMany(p => Values(pattern, name).Select(v => p + v))],
                _ => throw new InvalidOperationException(pattern),
            };
        }

        return paths.SelectMany(path => queries.GetValueOrDefault(pattern.ToLowerInvariant(), []).Select(query => path + query).Prepend(path)).Select(p => p.Length == 0 ? "/" : p);
    }

    /// <summary>What stands for a parameter of a route; an id that nobody has where we have no such thing.</summary>
    private IEnumerable<string> Values(string pattern, string parameter)
    {
        // An agency of one account bears the account's name.
        if (IsPlace(parameter))
            return [account.Slug];
        var area = pattern.ToLowerInvariant().Replace("/a/{account}", "", StringComparison.Ordinal).Replace("/api/v1", "", StringComparison.Ordinal);
        var fitting = values.Where(v => area.StartsWith(v.Start, StringComparison.Ordinal) && parameter.Equals(v.Parameter, StringComparison.OrdinalIgnoreCase)).ToList();
        var nearest = fitting.Select(v => v.Start.Length).DefaultIfEmpty().Max();
        return fitting.Where(v => v.Start.Length == nearest).Select(v => v.Value).DefaultIfEmpty(Nobody);
    }

    /// <summary>The parameters of a route for which nothing of ours is known.</summary>
    public IEnumerable<string> Unfilled(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.Parameters.Select(p => p.Name).Where(name => Values(EndpointRules.Pattern(endpoint), name).Contains(Nobody, StringComparer.Ordinal));

    public static bool IsPlace(string parameter) => parameter.Equals("account", StringComparison.OrdinalIgnoreCase) || parameter.Equals("agency", StringComparison.OrdinalIgnoreCase);

    private async Task Fill(PluraApp app)
    {
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben", consent: false));
        var desk = new ImportDesk(account);
        var (done, dry) = (await desk.Import("E-Mail\ncleo@example.com\nkaputt@\n"), await desk.Import("E-Mail\ndan@example.com\n", dryRun: true));
        var sent = await account.Letter(html: "<p>Hello <a href=\"https://shop.example/offer\">offer</a></p>");
        await account.Send(sent);
        await account.Settle(app);
        var draft = await account.Letter(subject: "Not yet");
        var form = await account.Form(doubleOptIn: true);
        await app.FillIn(form, "nora@visitors.example", tick: true);
        await account.Settle(app);
        var search = (await account.Api.PostJson("/api/v1/contacts/lists", new { name = "Everyone" })).GetProperty("id").GetGuid();
        await account.In(async services =>
        {
            services.GetRequiredService<INotices>().Post("import_done", "Your import is finished.", $"contacts/import/{done.Id}");
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });
        var deleted = await account.Person("Gone");
        (await account.Api.Delete($"/api/v1/contacts/{deleted}")).Dispose();

        await NotesAndTasks(ann);
        var card = await Opportunities(ann);
        await Inbox(app);
        await Twins();
        await Automations(app);
        var company = (await account.Api.PostJson("/api/v1/companies", new { name = "Miller Roofing" })).GetProperty("id").GetGuid();
        var field = (await account.Api.PostJson("/api/v1/fields", new { label = "Shoe size", kind = "number", privacy = "none" })).GetProperty("id").GetGuid();
        await FilesInFields([ann, ben], company, card);
        await account.Api.PostJson($"/api/v1/contacts/{ann}/followers", new { user = account.OwnerId });

        await AtTheDesks(app);
        Add("/contacts", "id", ann, ben);
        Add("/contacts", "user", account.OwnerId);
        Add("/companies", "id", company);
        Add("/fields", "id", field);
        Add("/contacts/lists", "id", search);
        Add("/contacts/import", "id", done.Id, dry.Id);
        Add("/contacts/bulk", "id", (await account.Api.PostJson("/api/v1/contacts/bulk", new { @do = "tag", tag = "Many", ids = (Guid[])[ann] })).GetProperty("id").GetGuid());
        Add("/contacts/bulk/{id:guid}/file", "id", (await account.Api.PostJson("/api/v1/contacts/bulk", new { @do = "export", ids = (Guid[])[ann] })).GetProperty("id").GetGuid());
        Add("/imports", "id", done.Id, dry.Id);
        Add("/campaigns", "id", sent, draft);
        Add("/campaigns", "contactId", ann);
        Add("/sites/forms", "id", form.Id);
        Add("/f/", "form", form.Key);
        Add("/f/", "token", (await Mailed(app, "nora@visitors.example", Confirm())).Split('/')[^1]);
        foreach (var kind in "upol")
            Add($"/{kind}/", "token", (await Mailed(app, "ann@people.example", new Regex($"/{kind}/[A-Za-z0-9_-]{{68}}", RegexOptions.None, TimeSpan.FromSeconds(1)))).Split('/')[^1]);
        Add("/dev/mailbox", "id", await app.Ask<Guid>("select id from dev.message where recipient = 'ann@people.example'"));
        foreach (var document in (string[])["privacy", "terms", "dpa"])
            Add($"/{document}", "version", app.Services.GetRequiredService<IPolicyVersions>().Current(document).Version);
        Add("/docs/api", "documentName", "v1");

        await Colleagues(app);
        var confirm = await app.In(tenant: null, services => services.GetRequiredService<IAccountDirectory>().ConfirmationLink(account.OwnerId, default));
        queries["/confirm-email"] = [new Uri(confirm!).Query];
        queries["/a/{account}/contacts"] = [$"?list={search}", "?q=ann&sort=name"];
        queries["/a/{account}/contacts/lists/new"] = ["?q=ann&has=email"];
        queries["/a/{account}/contacts/{id:guid}"] = ["?edit=true", "?consent=true", .. queries["notes"]];
        queries["/a/{account}/find"] = ["?q=ann"];
        queries["/a/{account}/companies"] = ["?q=miller&sort=newest"];
        queries["/a/{account}/companies/{id:guid}"] = ["?edit=true"];
        queries["/a/{account}/settings/fields"] = ["?field=new", $"?field={field}"];
        queries["/a/{account}/contacts/import/{id:guid}"] = ["?edit=true"];
        queries["/a/{account}/campaigns/{id:guid}/recipients"] = ["?state=accepted"];
        queries["/a/{account}/campaigns/readers"] = ["?q=ann"];
        // A stream with no part ends at once.
        queries["/a/{account}/live"] = ["?part=none"];
    }

    /// <summary>A note with a file, and a task about Ann.</summary>
    private async Task NotesAndTasks(Guid ann)
    {
        var note = (await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "Likes tea", pinned = true })).GetProperty("id").GetGuid();
        var task = (await account.Api.PostJson("/api/v1/tasks", new { title = "Call Ann", contact = ann, assignee = account.OwnerId, due = "2026-11-02" })).GetProperty("id").GetGuid();
        using var file = await AttachmentTests.Post(account, ann, "scan.pdf", [1, 2, 3]);
        Add("/notes", "id", note);
        Add("/tasks", "id", task);
        Add("/files", "id", await account.Ask<Guid>("select id from contacts.attachment"));
        queries["/a/{account}/tasks"] = ["?task=new", $"?task={task}", "?state=done"];
        queries["notes"] = [$"?note={note}", "?task=new", $"?task={task}", "?show=note"];
    }

    /// <summary>Three of one name in one company: two became one, and one is told apart from it.</summary>
    private async Task Twins()
    {
        var twins = new List<Guid>();
        for (var n = 0; n < 4; n++)
            twins.Add((await account.Api.PostJson("/api/v1/contacts", new { firstName = "Tom", lastName = "Twin", company = "Twin Ltd" })).GetProperty("id").GetGuid());
        Add("/contacts/duplicates/dismissals", "id", (await account.Api.PostJson("/api/v1/contacts/duplicates/dismiss", new { contacts = (Guid[])[twins[0], twins[1]] })).GetProperty("id").GetGuid());
        await account.Api.PostJson("/api/v1/contacts/duplicates/search", new { });
        await account.Work();
        Add("/contacts", "other", twins[0]);
        Add("/contacts/merges", "id", (await account.Api.PostJson($"/api/v1/contacts/{twins[2]}/merge", new { other = twins[3] })).GetProperty("id").GetGuid());
        queries["/a/{account}/contacts/duplicates"] = ["?by=name", "?by=phone"];
    }

    /// <summary>A card on a board.</summary>
    private async Task<Guid> Opportunities(Guid contact)
    {
        var (pipeline, stages) = await account.Pipeline();
        var card = await account.Opportunity(contact, stages[0]);
        (await account.Api.Delete($"/api/v1/opportunities/{await account.Opportunity(contact, stages[0], "Thrown away")}")).Dispose();
        Add("/pipelines", "id", pipeline);
        Add("/settings/pipelines", "id", pipeline);
        Add("/opportunities", "id", card);
        queries["/a/{account}/opportunities"] = [$"?pipeline={pipeline}&owner=me&more={stages[0]}.40", $"?did={card}"];
        queries["/a/{account}/opportunities/list"] = [$"?q=roof&status=open&stage={stages[0]}"];
        queries["/a/{account}/opportunities/new"] = [$"?contact={contact}", "?q=ann"];
        queries["/a/{account}/opportunities/{id:guid}"] = ["?edit=1", $"?to={stages[1]}", "?end=lost"];
        return card;
    }

    /// <summary>An invitation that waits, a role, a team.</summary>
    private async Task Colleagues(PluraApp app)
    {
        var (role, team, join) = await account.In(async services =>
        {
            var role = await services.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Name = "Helper", Permissions = ["contacts.read"] }, default);
            var team = await services.GetRequiredService<KeepTeamHandler>().Handle(new KeepTeam { Name = "Front desk", Members = [account.OwnerId] }, default);
            await services.GetRequiredService<InvitePeopleHandler>().Handle(new InvitePeople { Emails = "ivy@people.example" }, default);
            var invitation = await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(services.GetRequiredService<PluraDb>().Invitations.Where(i => i.AccountId == account.Id));
            return (role.Value, team.Value, services.GetRequiredService<InvitationLinks>().Address(invitation, "http://localhost"));
        });
        var snapshots = await account.In(async services =>
        {
            var saved = await services.GetRequiredService<SaveSnapshotHandler>().Handle(new SaveSnapshot { Name = "Kept" }, default);
            return saved.Value;
        });
        Add("/settings/snapshots", "id", snapshots);
        queries["/a/{account}/settings/snapshots/{id:guid}"] = ["?with=now"];
        Add("/join/", "token", join.Split('/')[^1]);
        queries["/a/{account}/settings/people"] = ["?invite=1", $"?person={account.OwnerId}", $"?person={(await account.Colleague(app)).Id}"];
        queries["/a/{account}/settings/roles"] = ["?role=new", $"?role={role}"];
        queries["/a/{account}/settings/teams"] = ["?team=new", $"?team={team}"];
    }

    /// <summary>The account's agency with a look of its own ; the owner is one of the operator's people too.</summary>
    private async Task AtTheDesks(PluraApp app)
    {
        var agency = await app.Ask<Guid>("select agency_id from accounts.account where id = $1", account.Id);
        await app.Do("insert into accounts.agency_brand (agency_id, name, accent, version, has_logo, sender_domain) values ($1, 'Sunrise', '#7a3cff', 1, true, 'mail.sunrise.example')", agency);
        await app.Do("insert into accounts.agency_logo (agency_id, content_type, content) values ($1, 'image/png', '\\x89504e47')", agency);
        var settings = app.Services.GetRequiredService<IConfiguration>();
        settings["Plura:Operators"] = $"{settings["Plura:Operators"]},owner@{account.Slug}.example";
        var program = await TestOAuthApp.Of(app, account);
        await program.Let(account);
        Add("/g/{agency}/apps", "id", program.Id);
        queries["/oauth/authorize"] = [new Uri(app.Address, program.Asks()).Query];
        // A hold that is over: one that lasts would keep the account's letters.
        Add("/operator/review", "id", await app.Ask<Guid>("insert into accounts.account_stop (id, account_id, kind, codes, reason, at, ended_at, version) values (gen_random_uuid(), $1, 'held', 'bounces', 'Looked at', $2, $2, 2) returning id", account.Id, app.Clock.GetUtcNow()));
        await app.Do("insert into messaging.stranger (message_id, found_at) values (gen_random_uuid() || '@elsewhere.example', $1)", app.Clock.GetUtcNow());
        Add("/operator/accounts", "id", account.Id);
        Add("/operator/agencies", "id", agency);
        Add("/g/", "agency", account.Slug);
        Add("/g/{agency}/accounts", "id", account.Id);
        var shelf = await app.Ask<Guid>("insert into accounts.agency_snapshot (id, agency_id, name, document, saved_at) values (gen_random_uuid(), $1, 'Kept', '{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{}}', $2) returning id", agency, app.Clock.GetUtcNow());
        Add("/g/{agency}/snapshots", "id", shelf);
        queries["/g/{agency}/snapshots/{id:guid}"] = [$"?with={account.Id}"];
        Add("/brand/", "id", agency);
        queries["/g/{agency}"] = ["?state=open&q=a"];
        queries["/accounts"] = ["?all=true"];
        queries["/brand/{id:guid}.css"] = ["?v=1"];
    }

    private void Add(string start, string parameter, params IEnumerable<object> things) => values.AddRange(things.Select(thing => (start, parameter, thing.ToString()!)));

    internal static async Task<string> Mailed(PluraApp app, string to, Regex link)
    {
        await using var open = await app.OpenOwner();
        foreach (var row in await open.Rows("select source from dev.message where recipient = $1", to))
        {
            using var stream = new MemoryStream((byte[])row[0]!);
            if (link.Match((await MimeKit.MimeMessage.LoadAsync(stream)).HtmlBody ?? "") is { Success: true } found)
                return found.Value;
        }

        throw new InvalidOperationException($"No letter to {to} holds {link}.");
    }

    [GeneratedRegex("/f/[^/\"]+/confirm/[A-Za-z0-9_-]+", RegexOptions.None, 1000)]
    private static partial Regex Confirm();
}
