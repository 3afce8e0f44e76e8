using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

/// <summary>One business of one test: its tenant, its owner's browser, and ways to look inside.</summary>
public sealed class TestAccount
{
    public const string Password = "four words in a row";

    private readonly PluraApp app;

    private TestAccount(PluraApp app, Guid id, string slug, Guid owner)
    {
        this.app = app;
        (Id, Slug, OwnerId) = (id, slug, owner);
        (Browser, Api) = (app.NewBrowser(), app.NewBrowser());
    }

    /// <summary>The tenant.</summary>
    public Guid Id { get; }

    public string Slug { get; }

    public Guid OwnerId { get; }

    /// <summary>The owner's browser: a visitor's until <see cref="SignIn"/>.</summary>
    public Browser Browser { get; }

    /// <summary>A client of the API with a token that may do everything in this account.</summary>
    public Browser Api { get; }

    internal static async Task<TestAccount> Open(PluraApp app, string name)
    {
        var now = app.Clock.GetUtcNow();
        var slug = $"{name.Replace(' ', '-').ToLowerInvariant()}-{Guid.CreateVersion7(now).ToString()[^8..]}";
        return await app.In(tenant: null, async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            var agency = Agency.Found(slug, name, now);
            var account = Account.Open(agency.Id, slug, name, "US", "America/New_York", $"hello@{slug}.example", now);
            account.Describe(name, "1 High Street, Springfield", name, $"hello@{slug}.example", "US", "America/New_York");
            var owner = User.Join("Olivia Owner", $"owner@{slug}.example", "birth_year", now);
            (owner.EmailConfirmed, owner.NormalizedEmail, owner.NormalizedUserName) = (true, owner.Email!.ToUpperInvariant(), owner.Email!.ToUpperInvariant());
            owner.PasswordHash = services.GetRequiredService<IPasswordHasher<User>>().HashPassword(owner, Password);
            var (token, secret) = ApiToken.Issue(account.Id, "Test", "*", now);
            db.AddRange(agency, account, owner, Membership.Of(account.Id, owner.Id, Membership.Owner, now), AgencyMember.Of(agency.Id, owner.Id, AgencyMember.Owner, now), token);
            await db.SaveChangesAsync();
            return new TestAccount(app, account.Id, slug, owner.Id) { Api = { Token = secret } };
        });
    }

    /// <summary>Signs the owner in through the page, as a person would; then <see cref="Browser"/> is inside.</summary>
    public async Task<Browser> SignIn()
    {
        await (await Browser.Get("/sign-in")).Submit(null, new { Email = $"owner@{Slug}.example", Password });
        return Browser;
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
