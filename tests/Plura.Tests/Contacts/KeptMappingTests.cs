using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Contacts;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

/// <summary>Where a file's columns go is kept under a name, and the next file of its kind goes there by itself.</summary>
public sealed class KeptMappingTests(PluraApp app)
{
    private static readonly object Shop = new
    {
        name = "Shop",
        columns = new[] { new { heading = "Given", target = "lastName" }, new { heading = "Contact", target = "email" }, new { heading = "Colour", target = "ignore" } },
        tags = new[] { "shop" },
        policy = "overwrite",
    };

    private const string First = "Given,Contact,Colour\nAnn,ann@example.com,red\n";

    [Fact]
    public async Task The_next_file_with_the_same_headings_goes_the_same_way()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var columns = await Upload(account, browser, First);
        Assert.DoesNotContain("Have you had such a file before?", columns.Text, StringComparison.Ordinal);
        var checking = await columns.Submit("select[name^=Mapping]", Chosen(("Mapping[0]", "firstName"), ("Mapping[2]", "new"), ("NewField[2]", "Favourite colour"), ("Tags", "shop"), ("Policy", "overwrite"), ("KeepAs", "Our shop’s export")));
        Assert.Contains("Kept as “Our shop’s export”", checking.Text, StringComparison.Ordinal);
        await account.Work();

        // Other capitals, another order.
        var next = await Upload(account, browser, "colour,CONTACT,given\nblue,bob@example.com,Bob\n");
        Assert.Contains("As in “Our shop’s export”", next.Text, StringComparison.Ordinal);
        Assert.Equal(["new", "email", "firstName"], Targets(next));
        Assert.Equal("Favourite colour", next.Find("[name='NewField[0]']").GetAttribute("value"));
        Assert.Equal("shop", next.Find("[name=Tags]").GetAttribute("value"));
        Assert.True(next.Find("[name=Policy][value=overwrite]").HasAttribute("checked"));
        // What people agreed to is not kept.
        Assert.False(next.Find("[name='Attest[email]'][type=checkbox]").HasAttribute("checked"));

        // Another choice for this file alone, and back.
        var guessed = await next.Submit("select[name=Kept]", new { Kept = "" });
        Assert.Contains("Have you had such a file before?", guessed.Text, StringComparison.Ordinal);
        Assert.Contains("As in “Our shop’s export”", (await guessed.Submit("select[name=Kept]", new { Kept = (await account.Ask<Guid>("select id from contacts.kept_mapping")).ToString() })).Text, StringComparison.Ordinal);

        // Other headings are guessed as ever, and what is kept can be chosen by hand for what it knows of them.
        var other = await Upload(account, browser, "Given,Contact,City\nCleo,cleo@example.com,Bath\n");
        Assert.Contains("Have you had such a file before?", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_names_no_columns_gets_the_kept_ones_but_says_its_tags_itself()
    {
        var account = await app.NewAccount();
        await account.Keep("Shop", ("Given", "lastName"), ("Contact", "email"), ("Colour", "ignore"));
        await new ImportDesk(account).Import(First);
        Assert.Equal(["|Ann||{}|ann@example.com*|"], await new ImportDesk(account).People());
    }

    [Fact]
    public async Task A_program_keeps_columns_lists_renames_and_forgets_them()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount());
        var made = await account.Api.PostJson("/api/v1/imports/mappings", Shop);
        var id = made.GetProperty("id").GetGuid();
        Assert.Equal(("Shop", "overwrite", "email"), (made.GetProperty("name").GetString(), made.GetProperty("policy").GetString(), made.GetProperty("columns")[1].GetProperty("target").GetString()));
        using (var twice = await account.Api.Post("/api/v1/imports/mappings", Shop))
            Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        foreach (object columns in (object[])[Array.Empty<object>(), (object?[])[null], new[] { new { heading = (string?)null, target = "email" } }, new[] { new { heading = "E-Mail", target = (string?)null } }, new[] { new { heading = "E-Mail", target = "shoe" } }])
        {
            using var wrong = await account.Api.Post("/api/v1/imports/mappings", new { name = "Till", columns });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }

        // Another name alone leaves the columns, the tags and who wins.
        using (var renamed = await account.Api.Send(HttpMethod.Put, $"/api/v1/imports/mappings/{id}", JsonContent.Create(new { name = "Shop of 2026" }), follow: false))
            Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
        var kept = Assert.Single((await account.Api.GetJson("/api/v1/imports/mappings")).GetProperty("items").EnumerateArray());
        Assert.Equal(("Shop of 2026", "shop", 3), (kept.GetProperty("name").GetString(), kept.GetProperty("tags")[0].GetString(), kept.GetProperty("columns").GetArrayLength()));

        // Nobody else has them.
        Assert.Empty((await other.Api.GetJson("/api/v1/imports/mappings")).GetProperty("items").EnumerateArray());
        using (var foreign = await other.Api.Send(HttpMethod.Put, $"/api/v1/imports/mappings/{id}", JsonContent.Create(new { name = "Mine" }), follow: false))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        foreach (var (who, answer) in ((TestAccount, HttpStatusCode)[])[(other, HttpStatusCode.NotFound), (account, HttpStatusCode.NoContent), (account, HttpStatusCode.NotFound)])
        {
            using var deleted = await who.Api.Delete($"/api/v1/imports/mappings/{id}");
            Assert.Equal(answer, deleted.StatusCode);
        }
    }

    [Fact]
    public async Task An_import_names_kept_columns_by_their_name_or_id_whatever_else_is_in_the_file()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount());
        var id = (await account.Api.PostJson("/api/v1/imports/mappings", Shop)).GetProperty("id").GetGuid();
        var desk = new ImportDesk(account);
        // The column that is not among them is guessed; tags and who wins are theirs.
        await desk.Import("Given,Contact,City\nAnn,ann@example.com,Bath\n", policy: null, kept: " SHOP ");
        await desk.Import("Contact,Given\nann@example.com,Anna\n", policy: null, kept: id.ToString());
        Assert.Equal(["|Anna||{}|ann@example.com*|shop"], await desk.People());
        Assert.Equal("Bath", await account.Ask<string>("select city from contacts.contact"));
        // Unless the import says them itself.
        await desk.Import("Contact,Given\nann@example.com,Annie\nben@example.com,Ben\n", tags: "[]", policy: "fill", kept: "Shop");
        Assert.Equal(["|Anna||{}|ann@example.com*|shop", "|Ben||{}|ben@example.com*|"], await desk.People());

        foreach (var (who, mapping, kept, code) in ((TestAccount, string?, string, string)[])[(account, null, "Till", "import.kept_mapping"), (account, """{"Contact":"email"}""", "Shop", "import.mapping_twice"), (other, null, id.ToString(), "import.kept_mapping")])
        {
            var (status, body) = await new ImportDesk(who).Send(Encoding.UTF8.GetBytes(First), mapping, kept: kept);
            Assert.Equal((422, code), (status, body.GetProperty("code").GetString()));
        }

        var (unheaded, problem) = await desk.Send(Encoding.UTF8.GetBytes("ann@example.com,Ann\nben@example.com,Ben\n"), kept: "Shop");
        Assert.Equal((422, "import.no_headings"), (unheaded, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_field_that_is_gone_is_guessed_anew()
    {
        var account = await app.NewAccount();
        await account.Keep("Shop", ("Given", "firstName"), ("Contact", "email"), ("Colour", "field:colour"));
        var columns = await Upload(account, await account.SignIn(), First);
        Assert.Equal(["firstName", "email", "new"], Targets(columns));
    }

    [Fact]
    public async Task It_is_renamed_and_forgotten_on_the_page_of_imports()
    {
        var account = await app.NewAccount();
        var (shop, _) = (await account.Keep("Shop", ("E-Mail", "email")), await account.Keep("Till", ("Mail", "email")));
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page($"contacts/import?kept={shop}"));
        var taken = await page.Submit("[name='Command.Name']", new { Name = "TILL" });
        Assert.Contains("You keep another file’s columns under this name.", taken.Text, StringComparison.Ordinal);
        var renamed = await taken.Submit("[name='Command.Name']", new { Name = "Shop of 2026" });
        Assert.Contains("Shop of 2026", renamed.Find("table[aria-label='Kept columns']").TextContent, StringComparison.Ordinal);
        Assert.Equal("email", await account.Ask<string>("select columns -> 0 ->> 'target' from contacts.kept_mapping where normal = 'shop of 2026'"));

        var gone = await (await browser.Get(account.Page($"contacts/import?kept={shop}"))).Submit("#delete-mapping form", new { });
        Assert.DoesNotContain("Shop of 2026", gone.Text, StringComparison.Ordinal);
        Assert.Equal(1, await account.Ask<long>("select count(*) from contacts.kept_mapping"));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get(account.Page($"contacts/import?kept={shop}"))).Status);
    }

    [Fact]
    public async Task It_travels_with_the_set_up_of_the_account()
    {
        var (from, to) = (await app.NewAccount(), await app.NewAccount());
        await from.Keep("Shop", ("E-Mail", "email"), ("Size", "new.number.none:Shoe size"));
        var item = Assert.Single(await from.In(services => services.GetServices<ISnapshotPart>().Single(p => p.Name == "importColumns").Read(default)));
        Assert.Null(await to.In(services => services.GetServices<ISnapshotPart>().Single(p => p.Name == "importColumns").Put(item with { Id = null }, null, default)));
        Assert.Equal("Shop|new.number.none:Shoe size", await to.Ask<string>("select name || '|' || (columns -> 1 ->> 'target') from contacts.kept_mapping"));
    }

    [Theory]
    [InlineData("", "email", "Name", "Give it a name")]
    [InlineData("Shop", "birthday", "Columns", "a place where it goes")]
    [InlineData("Shop", null, "Columns", "Say where the columns go")]
    public async Task Refuses_what_could_not_be_used_later(string name, string? target, string field, string says)
    {
        var account = await app.NewAccount();
        var refused = await account.In(services => services.GetRequiredService<KeepMappingHandler>().Handle(new KeepMapping { Name = name, Columns = target is null ? null : [new("E-Mail", target)] }, default));
        Assert.Contains(says, refused.Refusal!.Fields[field][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_account_sees_nothing_of_it()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var id = await mine.Keep("Shop", ("Given", "lastName"), ("Contact", "email"), ("Colour", "ignore"));
        Assert.Equal("mapping.missing", (await other.In(services => services.GetRequiredService<DeleteMappingHandler>().Handle(new DeleteMapping(id), default))).Refusal!.Code);
        Assert.DoesNotContain("As in “Shop”", (await Upload(other, await other.SignIn(), First)).Text, StringComparison.Ordinal);
    }

    private static async Task<WebPage> Upload(TestAccount account, Browser browser, string csv) =>
        await (await browser.Get(account.Page("contacts/import"))).Submit("form[enctype]", new { File = new UploadedFile("export.csv", Encoding.UTF8.GetBytes(csv)) });

    private static IEnumerable<string> Targets(WebPage page) => page.Document.QuerySelectorAll("select[name^=Mapping] option[selected]").Select(o => o.GetAttribute("value")!);

    private static Dictionary<string, object?> Chosen(params (string Name, object? Value)[] fields) => fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
}

internal static class KeptMappingsOf
{
    public static async Task<Guid> Keep(this TestAccount account, string name, params (string Heading, string Target)[] columns) =>
        (await account.In(services => services.GetRequiredService<KeepMappingHandler>().Handle(new KeepMapping { Name = name, Columns = [.. columns.Select(c => new KeptColumn(c.Heading, c.Target))] }, default))).Value;
}
