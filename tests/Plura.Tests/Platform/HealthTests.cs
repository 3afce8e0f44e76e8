using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Plura.Platform.Outbox;

namespace Plura.Tests.Platform;

public sealed class HealthTests(PluraApp first)
{
    [Theory]
    [InlineData("/health", """{"status":"lives"}""")]
    [InlineData("/ready", """{"status":"ready"}""")]
    public async Task A_sound_installation_says_so_and_nothing_more(string path, string says)
    {
        Assert.Equal((HttpStatusCode.OK, says), await Ask(first, path));
        using var head = await first.NewBrowser().Send(HttpMethod.Head, path);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var post = await first.NewBrowser().Send(HttpMethod.Post, path);
        Assert.False(post.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Without_a_database_it_lives_but_is_not_ready()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var signedIn = await account.SignIn();
        var database = new NpgsqlConnectionStringBuilder(app.Owner).Database!;
        await first.Do($"alter database {database} allow_connections false");
        await first.Do("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", database);

        // A browser that is signed in: whoever it is would be asked of the database.
        using var lives = await signedIn.Send(HttpMethod.Get, "/health");
        Assert.Equal(HttpStatusCode.OK, lives.StatusCode);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"not ready","reasons":["The database does not answer."]}"""), await Ask(app, "/ready"));

        await first.Do($"alter database {database} allow_connections true");
        Assert.Equal(HttpStatusCode.OK, (await Ask(app, "/ready")).Status);
    }

    [Fact]
    public async Task A_database_of_another_version_is_not_ready()
    {
        await using var app = await first.Another();
        await app.Do("delete from platform.migration");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"not ready","reasons":["The database is not at this version: run bin/plura migrate."]}"""), await Ask(app, "/ready"));
    }

    [Fact]
    public async Task A_key_that_went_missing_is_not_ready()
    {
        await using var app = await first.Another();
        File.Delete(Path.Combine(app.Folder, "keys", "root.key"));
        var (status, says) = await Ask(app, "/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("missing from the keys folder", says, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Folder, says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_does_not_work_is_not_ready()
    {
        await using var app = await first.Another("--Plura:Roles=web,worker");
        Assert.Equal(HttpStatusCode.OK, (await Ask(app, "/ready")).Status);
        await app.Services.GetServices<IHostedService>().OfType<DispatcherService>().Single().StopAsync(CancellationToken.None);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"not ready","reasons":["Work in the background does not run: DispatcherService."]}"""), await Ask(app, "/ready"));
    }

    [Fact]
    public void Nobody_misses_the_workers_of_a_host_that_only_serves_pages() =>
        Assert.DoesNotContain(first.Services.GetServices<IHostedService>(), s => s is DispatcherService);

    private static async Task<(HttpStatusCode Status, string Says)> Ask(PluraApp app, string path)
    {
        using var answer = await app.NewBrowser().Send(HttpMethod.Get, path, accept: "*/*");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        JsonSerializer.Deserialize<JsonElement>(text);
        return (answer.StatusCode, text);
    }
}
