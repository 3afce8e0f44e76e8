using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Plura.Platform;
using Plura.Web;

namespace Plura.Tests;

/// <summary>
/// The real application on a private PostgreSQL and a clock of its own, started once per run; take it in the constructor of a
/// test class. Each test makes its own account and stays inside it. No background worker runs: a test calls <see cref="TestAccount.Work"/>.
/// A test that moves the clock, stops things or needs workers starts <see cref="Another(string[])"/>.
/// </summary>
public sealed class PluraApp : IAsyncLifetime
{
    private const string Template = "plura_template";
    /// <summary>A password costs a tenth of a second with the rounds of a real installation; tests sign in hundreds of times.</summary>
    private const string FewRounds = "--Accounts:SignIn:PasswordRounds=1000";
    private static int others;
    private readonly string? connection;
    private readonly string? appConnection;
    private readonly string[] settings;
    private readonly Action<IServiceCollection>? tune;
    private WebApplication? web;

    public PluraApp()
    {
        TestFolders.RemoveAbandoned();
        settings = ["--Plura:Roles=web", FewRounds, "--Accounts:SignIn:TriesPerMinute=100000", "--Accounts:SignIn:TokenCallsPerMinute=100000"];
        Folder = TestFolders.New();
    }

    private PluraApp(PluraApp first, string database, string[] settings, Action<IServiceCollection>? tune)
    {
        connection = first.On(first.Owner, database);
        appConnection = first.On(first.App, database);
        this.settings = settings;
        this.tune = tune;
        Folder = TestFolders.New();
        // The same keys, because the template database was written with them.
        Directory.CreateDirectory(Path.Combine(Folder, "keys"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(first.Folder, "keys")))
            File.Copy(file, Path.Combine(Folder, "keys", Path.GetFileName(file)));
    }

    /// <summary>Stands still but for a millisecond at each look, so that what happens later also has the later time.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };

    /// <summary>What the application said at level warning or above.</summary>
    public TestLog Log { get; } = new();

    /// <summary><c>PLURA_DATA</c> of this host.</summary>
    public string Folder { get; }

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => web!.Services;

    /// <summary>The owner's connection string (superuser: passes row security).</summary>
    public string Owner => Services.GetRequiredService<DatabaseAddress>().Owner;

    /// <summary>The app role's connection string: obeys row security, sees nothing without a tenant.</summary>
    public string App => Services.GetRequiredService<DatabaseAddress>().App;

    public async ValueTask InitializeAsync()
    {
        string[] database = connection is null ? [] : [$"--ConnectionStrings:Plura={connection}", $"--ConnectionStrings:PluraApp={appConnection}"];
        web = Serving.Build(
            ["--environment=Development", "--urls=http://127.0.0.1:0", $"--PLURA_DATA={Folder}", "--Plura:Demo=false", "--Sending:WarmUp=true", .. database, .. settings],
            builder =>
            {
                builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
                tune?.Invoke(builder.Services);
                builder.Logging.ClearProviders().AddProvider(Log);
                // Whether every service can be made is a test of its own, not the end of all tests.
                builder.Host.UseDefaultServiceProvider(checks => (checks.ValidateScopes, checks.ValidateOnBuild) = (true, false));
            });
        if (connection is null)
            await MakeTemplate();
        await web.StartAsync();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await Services.GetRequiredService<Node>().Ready;
    }

    public async ValueTask DisposeAsync()
    {
        if (web is not null)
        {
            var (owner, app) = (Owner, App);
            await web.StopAsync();
            await web.DisposeAsync();
            // What a test opened by itself waits five minutes for the next who asks: the faster the tests, the more of the server's places it would hold.
            foreach (var address in (string[])[owner, app])
            {
                await using var known = new NpgsqlConnection(address);
                NpgsqlConnection.ClearPool(known);
            }
        }

        TestFolders.Remove(Folder);
    }

    /// <summary>A second, private host on a database of its own, with its own clock, ready in a moment. Dispose it.</summary>
    /// <param name="settings">As on the command line: <c>--Plura:Roles=web,worker</c>, <c>--Email:Smtp:Host=…</c>.</param>
    public Task<PluraApp> Another(params string[] settings) => Another(tune: null, settings);

    /// <param name="tune">Replaces single services, for example a provider that the test scripts.</param>
    /// <param name="settings">As on the command line.</param>
    public async Task<PluraApp> Another(Action<IServiceCollection>? tune, params string[] settings)
    {
        var database = $"plura_{Interlocked.Increment(ref others)}";
        await using (var server = new NpgsqlConnection(On(Owner, "postgres") + ";Pooling=false"))
        {
            await server.OpenAsync();
            await using var create = new NpgsqlCommand($"create database {database} template {Template}", server);
            await create.ExecuteNonQueryAsync();
        }

        var another = new PluraApp(this, database, settings is [] ? ["--Plura:Roles=web", FewRounds] : [.. settings, FewRounds], tune);
        await another.InitializeAsync();
        return another;
    }

    /// <summary>Another node beside this one, on the same database, with a clock of its own. Dispose it.</summary>
    public async Task<PluraApp> SameDatabase(Action<IServiceCollection>? tune = null)
    {
        var node = new PluraApp(this, new NpgsqlConnectionStringBuilder(Owner).Database!, settings, tune);
        await node.InitializeAsync();
        return node;
    }

    /// <summary>A business with an owner who is signed in.</summary>
    public Task<TestAccount> NewAccount(string name = "Corner Bakery") => TestAccount.Open(this, name);

    /// <summary>A visitor with an empty cookie jar.</summary>
    public Browser NewBrowser() => new(this);

    /// <summary>Works in a scope of its own inside a tenant (or outside any, where null), as the product itself.</summary>
    public async Task<T> In<T>(Guid? tenant, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        if (tenant is { } id)
            scope.ServiceProvider.GetRequiredService<Tenant>().Enter(id);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("test");
        return await work(scope.ServiceProvider);
    }

    public Task In(Guid? tenant, Func<IServiceProvider, Task> work) =>
        In(tenant, async services =>
        {
            await work(services);
            return true;
        });

    /// <summary>Does all outbox work that is due, of every tenant; what failed throws unless <paramref name="mayFail"/>.</summary>
    public Task Work(bool mayFail = false) => OutboxWork.Run(this, tenant: null, mayFail);

    /// <summary>An open connection as the app's role, inside the tenant where one is given.</summary>
    public async Task<NpgsqlConnection> OpenApp(Guid? tenant = null)
    {
        var open = new NpgsqlConnection(App);
        await open.OpenAsync();
        if (tenant is { } id)
        {
            await using var enter = TenantConnections.Set(open, id);
            await enter.ExecuteNonQueryAsync();
        }

        return open;
    }

    /// <summary>An open connection as the database's superuser, which row security does not bind.</summary>
    public async Task<NpgsqlConnection> OpenOwner()
    {
        var open = new NpgsqlConnection(Owner);
        await open.OpenAsync();
        return open;
    }

    /// <summary>The first column of the first row, read as the superuser; parameters are $1, $2 …</summary>
    public async Task<T?> Ask<T>(string sql, params object[] values)
    {
        await using var open = await OpenOwner();
        return await open.Ask<T>(sql, values);
    }

    /// <summary>Runs it as the superuser; answers how many rows it touched.</summary>
    public async Task<int> Do(string sql, params object[] values)
    {
        await using var open = await OpenOwner();
        return await open.Do(sql, values);
    }

    /// <summary>Until so many of this database's sessions wait for somebody else's lock, or until what was begun has ended without waiting.</summary>
    public async Task Waiting(int sessions, Task? begun = null)
    {
        while (begun is not { IsCompleted: true } && await Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") < sessions)
            await Task.Delay(10);
    }

    /// <summary>
    /// PostgreSQL believes nobody about the time at which an account is deleted, and asks <c>accounts.clock</c>: here it becomes the time of
    /// <see cref="Clock"/>, and stands still until it is told again.
    /// </summary>
    public Task TellTheDatabase() =>
        Do($"create or replace function accounts.clock() returns timestamptz language sql volatile as $f$ select timestamptz '{Clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture)}' $f$");

    internal string On(string connectionString, string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ConnectionString;

    /// <summary>A copy of the fresh database, made before anybody works with it; a file copy, so a private host costs a blink.</summary>
    private async Task MakeTemplate()
    {
        await TellTheDatabase();
        Services.GetRequiredService<NpgsqlDataSource>().Clear();
        NpgsqlConnection.ClearAllPools();
        await using var server = new NpgsqlConnection(On(Owner, "postgres") + ";Pooling=false");
        await server.OpenAsync();
        foreach (var sql in (string[])["alter system set fsync = off", "select pg_reload_conf()", "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'plura'", $"create database {Template} template plura"])
        {
            await using var command = new NpgsqlCommand(sql, server);
            await command.ExecuteNonQueryAsync();
        }
    }
}
