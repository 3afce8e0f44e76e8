using System.IO.Compression;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Tests.Architecture;
using Plura.Tests.Campaigns;
using Plura.Tests.Sites;

namespace Plura.Tests;

public sealed class ExportAccountTests(PluraApp app)
{
    [Fact]
    public async Task The_file_holds_everything_and_its_manifest_is_true_by_hash_and_by_count()
    {
        var (account, neighbour) = (await app.NewAccount(), await app.NewAccount("Next Door"));
        await LivedIn.In(app, account);
        await app.FillIn(await account.Form(doubleOptIn: false), "paula@visitors.example", tick: true);
        await neighbour.Person("Zelda");
        var bytes = await Take(app, account);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var manifest = Manifest(zip);
        Assert.Equal(account.Slug, manifest.GetProperty("account").GetProperty("slug").GetString());
        var files = manifest.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(zip.Entries.Select(e => e.FullName).Where(n => n != AccountZip.Manifest).Order(StringComparer.Ordinal), files.Select(f => f.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        foreach (var file in files)
        {
            var content = Content(zip, file.GetProperty("name").GetString()!);
            Assert.Equal(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
            Assert.Equal(file.GetProperty("bytes").GetInt64(), content.Length);
            if (file.GetProperty("rows") is { ValueKind: JsonValueKind.Number } rows)
                Assert.Equal(rows.GetInt64(), Lines(content) - 1);
        }

        await using var owner = await app.OpenOwner();
        foreach (var part in app.Services.CreateScope().ServiceProvider.GetServices<IAccountPart>())
        {
            foreach (var table in part.Tables.Where(t => t.Key is null))
            {
                var stored = await app.In(tenant: null, services => Task.FromResult(Table(services, table.Entity)));
                var live = await owner.Ask<long>($"select count(*) from {stored.Name} where {stored.Key} = $1", account.Id);
                var said = files.Single(f => f.GetProperty("name").GetString() == $"{part.Folder}/{table.Name}.csv").GetProperty("rows").GetInt64();
                // The export's own entry is written before it, and what is looked at meanwhile is nobody's here.
                Assert.True(live == said || table.Name is "activity" or "activity-seals", $"{part.Folder}/{table.Name}: {said} lines, {live} rows");
            }
        }

        var everything = string.Join('\n', zip.Entries.Select(e => Encoding.UTF8.GetString(Content(zip, e.FullName))));
        Assert.Contains("ann@people.example", everything, StringComparison.Ordinal);
        Assert.Contains("nora@visitors.example", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("Zelda", everything, StringComparison.Ordinal);
        // A proof is opened, and no key or fingerprint of one leaves.
        Assert.Contains("form_version", Encoding.UTF8.GetString(Content(zip, "privacy/permissions.csv")), StringComparison.Ordinal);
        Assert.DoesNotContain("hash", files.Single(f => f.GetProperty("name").GetString() == "account/tokens.csv").GetProperty("columns").ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'account.export' and actor_id = $1", account.OwnerId));
    }

    [Fact]
    public async Task A_cell_that_a_spreadsheet_would_run_is_text_and_a_telephone_number_stays_one()
    {
        var account = await app.NewAccount();
        await account.Api.PostJson("/api/v1/contacts", new { firstName = "=HYPERLINK(\"https://evil.example\")", lastName = "A, \"B\"", phone = "+12025550123" });
        using var zip = new ZipArchive(new MemoryStream(await Take(app, account)));
        var book = Encoding.UTF8.GetString(Content(zip, "contacts/address-book.csv"));
        Assert.Contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\",\"A, \"\"B\"\"\"", book, StringComparison.Ordinal);
        Assert.Contains(",+12025550123,", book, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_leaves_while_it_is_made()
    {
        var endless = new Endless();
        await using var own = await app.Another(services => services.AddSingleton<IAccountPart>(endless));
        var account = await own.NewAccount();
        var page = await (await account.SignIn()).Get(account.Page("settings/close"));
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", page.Find("form[action$='/settings/export'] input[name=__RequestVerificationToken]").GetAttribute("value")!)]);
        using var wire = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(own.Address, account.Page("settings/export"))) { Content = form };
        request.Headers.Add("Cookie", string.Join("; ", account.Browser.Cookies.Select(c => $"{c.Key}={c.Value}")));
        using var answer = await wire.SendAsync(request, default);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var block = new byte[64 * 1024];
        var read = 0L;
        // It makes lines until somebody has read a megabyte of them: were it collected first, it would never end.
        for (var n = await stream.ReadAsync(block); n > 0; n = await stream.ReadAsync(block))
        {
            if ((read += n) > 1024 * 1024)
                endless.Enough = true;
        }

        Assert.True(endless.Enough, $"Only {read} bytes came.");
        Assert.InRange(endless.Made, 1, Endless.Most - 1);
    }

    [Fact]
    public async Task Whoever_may_only_take_it_out_finds_the_door_among_the_settings()
    {
        var account = await app.NewAccount();
        var role = await account.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Name = "Bookkeeper", Permissions = ["account.export"] }, default));
        var cora = await account.Colleague(app, Plura.Accounts.Data.Membership.Custom, roleId: role.Value);
        var page = await (await cora.Browser.Get(account.Page(""))).Click("Settings");
        Assert.Equal(account.Page("settings/take-out"), page.Url.AbsolutePath);
        Assert.Equal(["Take your data out"], page.All(".settings-nav a"));
        Assert.Contains("Take your data out", page.Find(".settings-menu summary").TextContent, StringComparison.Ordinal);
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.Find("form[action$='/settings/export']");
        using var file = await cora.Browser.Send(HttpMethod.Post, account.Page("settings/export"), new FilledForm(form, new Dictionary<string, object?>(StringComparer.Ordinal), null).Content(), follow: false);
        Assert.Equal("application/zip", file.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task In_the_grace_of_a_closed_account_it_can_still_be_taken()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.Person("Ann");
        await account.CloseIt(own);
        using var zip = new ZipArchive(new MemoryStream(await Take(own, account)));
        Assert.Contains("ann@people.example", Encoding.UTF8.GetString(Content(zip, "contacts/address-book.csv")), StringComparison.Ordinal);
    }

    private static async Task<byte[]> Take(PluraApp app, TestAccount account)
    {
        var page = await account.ClosingPage();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", page.Find("form[action$='/settings/export'] input[name=__RequestVerificationToken]").GetAttribute("value")!)]);
        try
        {
            using var answer = await account.Browser.Send(HttpMethod.Post, account.Page("settings/export"), form, follow: false);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Content.ReadAsByteArrayAsync();
        }
        catch (HttpRequestException broken)
        {
            throw new InvalidOperationException(string.Join("\n", app.Log.Errors.TakeLast(1)), broken);
        }
    }

    private static JsonElement Manifest(ZipArchive zip) => JsonSerializer.Deserialize<JsonElement>(Content(zip, AccountZip.Manifest));

    private static byte[] Content(ZipArchive zip, string name)
    {
        using var content = new MemoryStream();
        using var entry = zip.GetEntry(name)!.Open();
        entry.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Lines of a CSV file; a line break inside quotes is none.</summary>
    private static long Lines(byte[] csv)
    {
        var (lines, quoted) = (0L, false);
        foreach (var letter in csv)
        {
            if (letter == '"')
                quoted = !quoted;
            else if (letter == '\n' && !quoted)
                lines++;
        }

        return lines;
    }

    private static (string Name, string Key) Table(IServiceProvider services, Type type)
    {
        var entity = services.GetRequiredService<Plura.Platform.PluraDb>().Model.FindEntityType(type)!;
        return ($"{Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetSchema(entity)}.{Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetTableName(entity)}", TableRows.KeyOf(entity) == "TenantId" ? "tenant_id" : "account_id");
    }

    /// <summary>A part whose lines end only when somebody has read some.</summary>
    private sealed class Endless : IAccountPart
    {
        public const int Most = 200_000;

        public volatile bool Enough;

        public int Made { get; private set; }

        public string Folder => "zz-endless";

        public IReadOnlyList<TakenTable> Tables => [];

        public Task<IReadOnlyList<TakenFile>> Files(CancellationToken ct) => Task.FromResult<IReadOnlyList<TakenFile>>([new("lines", "Lines.", [("line", "A line")], Lines)]);

        private async IAsyncEnumerable<IReadOnlyList<string?>> Lines([EnumeratorCancellation] CancellationToken ct)
        {
            while (!Enough && Made < Most)
            {
                Made++;
                // Text that cannot be squeezed, so that it really has to leave.
                yield return [Convert.ToHexString(RandomNumberGenerator.GetBytes(256))];
                await Task.Yield();
            }
        }
    }
}
