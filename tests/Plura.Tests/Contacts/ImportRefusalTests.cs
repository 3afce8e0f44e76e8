using System.Text;
using System.Text.Json;

namespace Plura.Tests.Contacts;

public sealed class ImportRefusalTests(PluraApp app)
{
    [Theory]
    [InlineData("", null, null, "File", "empty")]
    [InlineData("E-Mail\n", null, null, "File", "nobody below it")]
    [InlineData("E-Mail\na\0b@example.com\n", null, null, "File", "Line 2 contains a zero byte")]
    [InlineData("E-Mail\nann@example.com\n", """{"Mail":"email"}""", null, "Mapping", "no column “Mail”. It has: E-Mail.")]
    [InlineData("E-Mail\nann@example.com\n", """{"E-Mail":"birthday"}""", null, "Mapping[0]", "no place where a column can go")]
    [InlineData("E-Mail,Size\nann@example.com,1\n", """{"E-Mail":"email","Size":"field:size"}""", null, "Mapping[1]", "no contact field called “size”")]
    [InlineData("A,B\nann@example.com,x\n", """{"A":"firstName","B":"firstName"}""", null, "Mapping", "which column holds the e-mail address")]
    [InlineData("E-Mail\nann@example.com\n", null, """{"email":{"source":"","wording":"x","date":"2026-01-01"}}""", "Attestation[email].Source", "where these people gave you")]
    [InlineData("E-Mail\nann@example.com\n", null, """{"email":{"source":"x","wording":"","date":"2026-01-01"}}""", "Attestation[email].Wording", "exact words")]
    [InlineData("E-Mail\nann@example.com\n", null, """{"email":{"source":"x","wording":"x","date":"2099-01-01"}}""", "Attestation[email].Date", "in the past")]
    [InlineData("E-Mail\nann@example.com\n", null, """{"fax":{"source":"x","wording":"x","date":"2026-01-01"}}""", "Attestation[fax].Source", "no channel")]
    [InlineData("E-Mail\nann@example.com\n", "nonsense", null, "Mapping", "JSON")]
    public async Task Says_beside_the_field_what_is_wrong(string csv, string? mapping, string? attestation, string field, string says)
    {
        var desk = new ImportDesk(await app.NewAccount());
        var (status, body) = await desk.Send(Encoding.UTF8.GetBytes(csv), mapping, attestation);
        Assert.Equal(422, status);
        var errors = body.GetProperty("errors").EnumerateObject().First(e => string.Equals(e.Name, field, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(says, errors.Value[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_request_without_a_file()
    {
        var account = await app.NewAccount();
        using var json = await account.Api.Post("/api/v1/imports", new { });
        Assert.Equal(422, (int)json.StatusCode);
        using var empty = await account.Api.Send(HttpMethod.Post, "/api/v1/imports", new MultipartFormDataContent { { new StringContent("true"), "dryRun" } }, follow: false);
        Assert.Equal(422, (int)empty.StatusCode);
    }

    [Fact]
    public async Task A_zero_byte_far_down_is_found_at_the_upload_and_nothing_is_kept()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        var text = new StringBuilder("E-Mail\n");
        for (var i = 0; i < 100_000; i++)
            text.Append('p').Append(i).Append("@example.com\n");
        text.Append("x\0y\n");
        var (status, body) = await desk.Send(Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Equal(422, status);
        Assert.Contains("Line 100,002 contains a zero byte", body.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.import"));
        var folder = Path.Combine(app.Folder, "files", account.Id.ToString("N"), "imports");
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public async Task A_cell_of_a_hundred_megabytes_is_refused_in_a_sentence_and_nothing_is_kept()
    {
        var account = await app.NewAccount();
        var file = new byte[100 * 1024 * 1024];
        Array.Fill(file, (byte)'x');
        "Name,E-Mail\nAnn,\""u8.CopyTo(file);
        "\"\n"u8.CopyTo(file.AsSpan(file.Length - 2));
        var (status, body) = await new ImportDesk(account).Send(file);
        Assert.Equal(422, status);
        Assert.Contains("Line 2 has a single cell of more than 100,000 characters", body.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.import"));
        var folder = new DirectoryInfo(Path.Combine(app.Folder, "files", account.Id.ToString("N"), "imports"));
        Assert.True(!folder.Exists || folder.GetFiles().Length == 0, "Something was kept.");
    }

    [Fact]
    public async Task Uploads_are_private_and_gone_after_thirty_days()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var desk = new ImportDesk(account);
        var import = await desk.Import("E-Mail\nann@example.com\nann@example.com\n");
        var folder = Path.Combine(own.Folder, "files", account.Id.ToString("N"), "imports");
        Assert.Equal(4, Directory.GetFiles(folder).Length);
        if (!OperatingSystem.IsWindows())
            Assert.All(Directory.GetFiles(folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));

        own.Clock.Advance(TimeSpan.FromDays(31));
        await account.Work();
        Assert.Empty(Directory.GetFiles(folder));
        Assert.Equal(JsonValueKind.Null, (await desk.Look(import.Id)).Body.GetProperty("errorsUrl").ValueKind);
    }

    [Fact]
    public async Task Another_account_sees_nothing_of_it()
    {
        var desk = new ImportDesk(await app.NewAccount());
        var import = await desk.Import("E-Mail\nann@example.com\nann@example.com\n");
        var other = await app.NewAccount();
        foreach (var path in new[] { $"/api/v1/imports/{import.Id}", $"/api/v1/imports/{import.Id}/errors" })
        {
            using var answer = await other.Api.Send(HttpMethod.Get, path, accept: "application/json");
            Assert.Equal(404, (int)answer.StatusCode);
        }
    }
}
