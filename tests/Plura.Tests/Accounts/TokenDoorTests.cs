using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Tests.Architecture;
using Plura.Tests.Campaigns;

namespace Plura.Tests;

/// <summary>What the API's door tells a program, in words that a program understands.</summary>
public sealed class TokenDoorTests(PluraApp app)
{
    [Fact]
    public async Task Without_a_token_it_says_how_to_come_in()
    {
        var answer = await app.NewBrowser().Call();
        Assert.Equal((HttpStatusCode.Unauthorized, "token.missing"), (answer.Status, answer.Code));
        Assert.Equal("Bearer realm=\"PluraOS\"", answer.Challenge);
    }

    [Fact]
    public async Task A_token_that_nobody_made_is_unknown()
    {
        var account = await app.NewAccount();
        var (_, program) = await account.Token(app, "campaigns.read", account.OwnerId);
        Assert.Equal(HttpStatusCode.OK, (await program.Call()).Status);
        var near = app.With(program.Token![..^1] + (program.Token![^1] == '0' ? '1' : '0'));
        foreach (var wrong in (Browser[])[app.With("pit-0000"), app.With("x"), near, app.With(program.Token!.ToUpperInvariant())])
        {
            var answer = await wrong.Call();
            Assert.Equal((HttpStatusCode.Unauthorized, "token.unknown"), (answer.Status, answer.Code));
            Assert.Contains("error=\"invalid_token\"", answer.Challenge, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Too_many_unknown_tokens_from_one_network_have_to_wait_and_one_that_is_known_has_not()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Api:UnknownPerMinute=3");
        var account = await own.NewAccount();
        var (_, program) = await account.Token(own, "campaigns.read", account.OwnerId);
        var made = "pit-" + new string('0', 64);
        foreach (var wrong in (string[])[made, "another kind", made])
            Assert.Equal("token.unknown", (await own.With(wrong).Call()).Code);
        foreach (var wrong in (string[])[made, "another kind"])
        {
            var answer = await own.With(wrong).Call();
            Assert.Equal((HttpStatusCode.TooManyRequests, "rate.unknown_tokens"), (answer.Status, answer.Code));
            Assert.Contains("Retry-After", answer.Headers.Keys);
        }

        Assert.Equal(HttpStatusCode.OK, (await program.Call()).Status);
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("token.unknown", (await own.With(made).Call()).Code);
    }

    [Fact]
    public async Task An_account_has_fifty_tokens_that_work_and_no_more()
    {
        var account = await app.NewAccount();
        var (id, _) = await account.Token(app, "campaigns.read", account.OwnerId);
        // Besides that one and the test's own.
        await app.Do("insert into accounts.api_token (id, account_id, name, hash, scopes, created_at, uses) select gen_random_uuid(), $1, 'Website', sha256(gen_random_uuid()::text::bytea), '*', now(), 0 from generate_series(1, 48)", account.Id);
        Assert.Equal("token.many", (await Make()).Refusal?.Code);
        Assert.True((await account.In(s => s.GetRequiredService<RevokeTokenHandler>().Handle(new RevokeToken { Id = id }, default))).Ok);
        Assert.True((await Make()).Ok);
        Assert.Contains("at most 50 tokens that work", (await Make()).Refusal?.Text, StringComparison.Ordinal);

        Task<Result<string>> Make() => account.In(s => s.GetRequiredService<CreateTokenHandler>().Handle(new CreateToken { Name = "Website", Scopes = ["*"] }, default));
    }

    [Fact]
    public async Task An_agency_has_fifty_apps_and_no_more()
    {
        var account = await app.NewAccount();
        var one = await TestOAuthApp.Of(app, account);
        var agency = await app.Ask<Guid>("select agency_id from accounts.account where id = $1", account.Id);
        await app.Do("""
            insert into accounts.oauth_app select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'client_id', 'app-' || gen_random_uuid()::text))).*
            from accounts.oauth_app a, generate_series(1, 48) where a.id = $1
            """, one.Id);
        Assert.True((await Make()).Ok);
        var refused = await Make();
        Assert.Equal(("app.many", RefusalKind.Limit), (refused.Refusal?.Code, refused.Refusal?.Kind));
        Assert.Equal(50, await app.Ask<long>("select count(*) from accounts.oauth_app where agency_id = $1", agency));

        Task<Result<KeptApp>> Make() => app.In(null, services =>
        {
            services.GetRequiredService<CurrentAgency>().Enter(agency);
            return services.GetRequiredService<KeepAppHandler>().Handle(new KeepApp { Name = "Till Roll", Returns = "https://till.example/back", Scopes = ["contacts.read"] }, default);
        });
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        var account = await app.NewAccount();
        var (_, program) = await account.Token(app, "campaigns.read", account.OwnerId);
        var answer = await program.Call(method: HttpMethod.Post, body: new { name = "No" });
        Assert.Equal((HttpStatusCode.Forbidden, "token.scope", "campaigns.create"), (answer.Status, answer.Code, answer.Scope));
        Assert.Contains("error=\"insufficient_scope\"", answer.Challenge, StringComparison.Ordinal);
        Assert.Contains("scope=\"campaigns.create\"", answer.Challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_one_and_one_at_its_end_each_say_so()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (id, revoked) = await account.Token(own, "campaigns.read", account.OwnerId);
        var (_, ending) = await account.Token(own, "campaigns.read", account.OwnerId, days: 30);
        Assert.True((await account.In(s => s.GetRequiredService<RevokeTokenHandler>().Handle(new RevokeToken { Id = id }, default))).Ok);
        Assert.Equal((HttpStatusCode.Unauthorized, "token.revoked"), ((await revoked.Call()).Status, (await revoked.Call()).Code));
        own.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await ending.Call()).Status);
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((HttpStatusCode.Unauthorized, "token.expired"), ((await ending.Call()).Status, (await ending.Call()).Code));
    }

    [Fact]
    public async Task A_token_may_never_more_than_whoever_made_it()
    {
        var account = await app.NewAccount();
        var kim = await account.Colleague(app, Membership.Admin);
        var (_, program) = await account.Token(app, "campaigns.read campaigns.create", kim.Id);
        Assert.Equal(HttpStatusCode.Created, (await program.Call(method: HttpMethod.Post, body: new { name = "Yes", subject = "Hi", html = "<p>Hi</p>", audience = new { all = true } })).Status);
        await account.Role(kim.Id, Membership.ReadOnly);
        var answer = await program.Call(method: HttpMethod.Post, body: new { name = "No" });
        Assert.Equal((HttpStatusCode.Forbidden, "token.person", "campaigns.create"), (answer.Status, answer.Code, answer.Scope));
        Assert.Equal(HttpStatusCode.OK, (await program.Call()).Status);
    }

    [Fact]
    public async Task A_token_for_everything_is_for_what_its_maker_may()
    {
        var account = await app.NewAccount();
        var kim = await account.Colleague(app, Membership.ReadOnly);
        var (_, program) = await account.Token(app, "*", kim.Id);
        Assert.Equal(HttpStatusCode.OK, (await program.Call()).Status);
        Assert.Equal("token.person", (await program.Call(method: HttpMethod.Post, body: new { name = "No" })).Code);
    }

    [Fact]
    public async Task A_token_sees_no_more_people_than_whoever_made_it()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var kim = await account.Colleague(app, Membership.Member, Sights.Mine);
        var (_, program) = await account.Token(app, "contacts.read", kim.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await program.Call($"/api/v1/contacts/{ann}")).Status);
    }

    [Fact]
    public async Task When_its_maker_is_taken_out_a_token_stops()
    {
        var account = await app.NewAccount();
        var kim = await account.Colleague(app, Membership.Admin);
        var (_, program) = await account.Token(app, "campaigns.read", kim.Id);
        Assert.Equal(HttpStatusCode.OK, (await program.Call()).Status);
        await account.In(s => s.GetRequiredService<RemovePersonHandler>().Handle(new RemovePerson { UserId = kim.Id }, default));
        Assert.Equal((HttpStatusCode.Unauthorized, "token.person_left"), ((await program.Call()).Status, (await program.Call()).Code));
        Assert.Contains("opens nothing", (await (await account.SignIn()).Get(account.Page("settings/tokens"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_says_how_many_calls_are_left_and_too_many_are_refused()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Api:CallsPerMinute=3");
        var account = await own.NewAccount();
        var (_, program) = await account.Token(own, "campaigns.read", account.OwnerId);
        for (var left = 2; left >= 0; left--)
        {
            var answer = await program.Call();
            Assert.Equal((HttpStatusCode.OK, "\"default\";q=3;w=60"), (answer.Status, answer.Headers["RateLimit-Policy"]));
            Assert.StartsWith($"\"default\";r={left};t=", answer.Headers["RateLimit"], StringComparison.Ordinal);
        }

        var refused = await program.Call();
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate.limited"), (refused.Status, refused.Code));
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        // One program's haste is not another's.
        Assert.Equal(HttpStatusCode.OK, (await account.Api.Call()).Status);
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await program.Call()).Status);
    }

    [Fact]
    public async Task When_and_how_often_it_was_used_is_kept()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (id, program) = await account.Token(own, "campaigns.read", account.OwnerId);
        for (var call = 0; call < 5; call++)
            await program.Call();
        Assert.Equal(1L, await own.Ask<long>("select uses from accounts.api_token where id = $1", id));
        await own.Services.GetRequiredService<CallTally>().Flush(default);
        Assert.Equal(5L, await own.Ask<long>("select uses from accounts.api_token where id = $1", id));
        Assert.Equal(1L, await own.Ask<long>("select count(*) from accounts.api_token where id = $1 and last_used_at is not null", id));
    }

    [Fact]
    public async Task No_token_is_ever_written_into_a_log()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace");
        var heard = new Heard();
        own.Services.GetRequiredService<ILoggerFactory>().AddProvider(heard);
        var account = await own.NewAccount();
        var made = await (await (await account.SignIn()).Get(account.Page("settings/tokens"))).Submit("[name='Command.Name']", new { Name = "Website", Scopes = "campaigns.read" });
        var secret = made.Find(".copy-line code").TextContent;
        await own.With(secret).Call();
        await own.With(secret + "0").Call();
        await own.With(secret).Call(method: HttpMethod.Post, body: new { name = "No" });
        Assert.True(heard.Lines.Count > 20, $"Only {heard.Lines.Count} lines were heard.");
        Assert.DoesNotContain(heard.Lines, line => line.Contains(secret[4..], StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_endpoint_of_the_api_declares_a_scope_that_can_be_given()
    {
        var offered = app.Services.GetRequiredService<ScopeBook>().All.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var doors = EndpointRules.Ours(app.Services.GetRequiredService<EndpointDataSource>()).Where(e => EndpointRules.Pattern(e).StartsWith("/api/v1/", StringComparison.Ordinal)).ToList();
        Assert.True(doors.Count > 20, $"Only {doors.Count} endpoints.");
        Assert.All(doors, door => Assert.Contains(door.Metadata.GetMetadata<PermissionAttribute>()?.Name ?? EndpointRules.Pattern(door) + " has none", offered));
        Assert.Equal(doors.Select(d => d.Metadata.GetMetadata<PermissionAttribute>()!.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), offered.Order(StringComparer.Ordinal));
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
