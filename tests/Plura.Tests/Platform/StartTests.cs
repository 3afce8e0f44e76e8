using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Plura.Tests.Platform;

/// <summary>What whoever starts the program sees when it cannot start: one sentence, no stack trace, and an exit code that says no.</summary>
public sealed class StartTests(PluraApp app)
{
    [Fact]
    public async Task A_start_without_a_key_that_the_database_knows_is_refused()
    {
        await using var host = await app.Another();
        var key = Path.Combine(host.Folder, "keys", "pepper.key");
        File.Delete(key);
        var run = await ProductRun.On(host, "serve");
        Refused(run, "The key 'pepper' is missing from the keys folder.");
        Assert.False(File.Exists(key));   // A new one in its place would be worse than none.
    }

    [Fact]
    public async Task A_start_with_another_installations_key_is_refused()
    {
        await using var host = await app.Another();
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "keys", "root.key"), Convert.ToBase64String(new byte[32]));
        Refused(await ProductRun.On(host, "serve"), "The key 'root' in the keys folder is not the one this database was written with.");
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("jobs")]
    public async Task Without_a_database_it_says_which_one_cannot_be_reached(string word)
    {
        var folder = TestFolders.New();
        var (owner, runs) = (Elsewhere(app.Owner), Elsewhere(app.App));
        var run = await ProductRun.With(folder, owner, runs, word);
        Refused(run, "The database of ConnectionStrings__Plura (127.0.0.1, port ");
        Assert.Contains("Connection refused", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(new NpgsqlConnectionStringBuilder(owner).Password!, run.Errors + run.Out, StringComparison.Ordinal);
        TestFolders.Remove(folder);
    }

    [Fact]
    public async Task A_password_that_is_wrong_is_told_without_telling_it()
    {
        await using var host = await app.Another();
        var run = await ProductRun.With(host.Folder, host.Owner, new NpgsqlConnectionStringBuilder(host.App) { Password = "not-the-password" }.ConnectionString, "serve");
        Refused(run, "The database of ConnectionStrings__PluraApp");
        Assert.Contains("password authentication failed for user \"plura_app\"", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", run.Errors + run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_one_sentence_before_anything_is_started()
    {
        await using var host = await app.Another();
        var run = await ProductRun.On(host, "serve", $"--urls={host.Address.GetLeftPart(UriPartial.Authority)}");
        Refused(run, $"Something already answers at {host.Address.GetLeftPart(UriPartial.Authority)}");
        Assert.Contains($"ASPNETCORE_URLS=http://localhost:{host.Address.Port + 1}", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_is_no_connection_is_named()
    {
        var folder = TestFolders.New();
        Refused(await ProductRun.With(folder, "postgres://db/plura", app.App, "serve"), "ConnectionStrings__Plura cannot be read.");
        TestFolders.Remove(folder);
    }

    private static void Refused(ProductRun run, string sentence)
    {
        Assert.StartsWith(sentence, run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", run.Errors + run.Out, StringComparison.Ordinal);
        Assert.NotEqual(0, run.ExitCode);
    }

    /// <summary>The same server's name, on a port where nobody listens.</summary>
    private static string Elsewhere(string connection)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new NpgsqlConnectionStringBuilder(connection) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.ConnectionString;
    }
}
