using Npgsql;

namespace Plura.Tests;

/// <summary>One business of one test: its tenant, its owner's browser, and ways to look inside.</summary>
public sealed class TestAccount
{
    private readonly PluraApp app;

    private TestAccount(PluraApp app, Guid id, string slug)
    {
        this.app = app;
        (Id, Slug) = (id, slug);
        Browser = app.NewBrowser();
        Api = app.NewBrowser();
    }

    /// <summary>The tenant.</summary>
    public Guid Id { get; }

    public string Slug { get; }

    /// <summary>The owner, signed in.</summary>
    public Browser Browser { get; }

    /// <summary>A client of the native API with a token that may do everything in this account.</summary>
    public Browser Api { get; }

    internal static Task<TestAccount> Open(PluraApp app, string name)
    {
        var id = Guid.CreateVersion7(app.Clock.GetUtcNow());
        return Task.FromResult(new TestAccount(app, id, $"{name.Replace(' ', '-').ToLowerInvariant()}-{id.ToString()[^6..]}"));
    }

    /// <summary>A page of the account: <c>Page("contacts")</c> is <c>/a/{slug}/contacts</c>.</summary>
    public string Page(string path) => $"/a/{Slug}/{path.TrimStart('/')}";

    /// <summary>Works in a scope of its own inside this account.</summary>
    public Task<T> In<T>(Func<IServiceProvider, Task<T>> work) => app.In(Id, work);

    public Task In(Func<IServiceProvider, Task> work) => app.In(Id, work);

    /// <summary>Does the account's due outbox work; a job that fails throws, unless <paramref name="mayFail"/>.</summary>
    public Task Work(bool mayFail = false) => OutboxWork.Run(app, Id, mayFail);

    /// <summary>A connection as the app's role inside this account.</summary>
    public Task<NpgsqlConnection> Open() => app.OpenApp(Id);

    /// <summary>The first column of the first row, read as the app's role inside this account.</summary>
    public async Task<T?> Ask<T>(string sql, params object[] values)
    {
        await using var open = await Open();
        return await open.Ask<T>(sql, values);
    }
}
