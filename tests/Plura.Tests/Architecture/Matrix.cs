using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests.Architecture;

/// <summary>Somebody, or some program, that knocks at a door.</summary>
/// <param name="May">The permissions they have; null for those to whom the account does not exist.</param>
internal sealed record Caller(string Name, string? Cookies, string? Token, IReadOnlySet<string>? May);

/// <summary>What came back.</summary>
internal sealed record Knock(int Status, string Location, string Body)
{
    /// <summary>Refused for want of a permission: as a problem or as a page.</summary>
    public bool Refused => Status == 403 && (Body.Contains("permission.missing", StringComparison.Ordinal) || Body.Contains("token.scope", StringComparison.Ordinal) || Body.Contains("This is not yours to open", StringComparison.Ordinal));

    public bool AsksToSignIn => Status == 302 && Location.StartsWith("/sign-in", StringComparison.Ordinal);
}

/// <summary>Everybody who could knock at the doors of one lived-in account, and the neighbour to whom it does not exist.</summary>
internal sealed class Matrix
{
    private static readonly HttpMessageInvoker Wire = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 16 });
    private readonly PluraApp app;

    private Matrix(PluraApp app, TestAccount account, LivedIn home, TestAccount neighbour) => (this.app, Account, Home, Neighbour) = (app, account, home, neighbour);

    public TestAccount Account { get; }

    public LivedIn Home { get; }

    public TestAccount Neighbour { get; }

    public Caller Visitor { get; } = new("a visitor", null, null, null);

    public Caller Stranger { get; private set; } = null!;

    public Caller StrangersToken { get; private set; } = null!;

    public Caller NoScope { get; private set; } = null!;

    /// <summary>Owner, admin, member, read-only.</summary>
    public List<Caller> Roles { get; } = [];

    /// <summary>Who stands at a desk, by the part of the address that leads to it: <c>/g</c> the agency's owner and admin, <c>/operator</c> the operator.</summary>
    public Dictionary<string, List<Caller>> Desks { get; } = new(StringComparer.Ordinal);

    /// <summary>People of a custom role with exactly one permission, by it; <see cref="Tokens"/> the same for tokens.</summary>
    public Dictionary<string, Caller> Only { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Caller> Tokens { get; } = new(StringComparer.Ordinal);

    public static async Task<Matrix> Of(PluraApp app)
    {
        var account = await app.NewAccount("Zanzibar Bakery");
        var matrix = new Matrix(app, account, await LivedIn.In(app, account), await app.NewAccount("Next Door"));
        await matrix.Invite();
        return matrix;
    }

    private async Task Invite()
    {
        var book = app.Services.GetRequiredService<RoleBook>();
        Roles.Add(Signed("the owner", await Account.SignIn(), book.OfMember(Membership.Owner, null)));
        foreach (var role in (string[])[Membership.Admin, Membership.Member, Membership.ReadOnly])
            Roles.Add(Signed(role, (await Account.Colleague(app, role, name: role)).Browser, book.OfMember(role, null)));
        foreach (var permission in book.In(Area.Account).Select(p => p.Name))
        {
            var role = await Account.In(async services =>
            {
                var made = Role.Make("Only " + permission, [permission], app.Clock.GetUtcNow());
                services.GetRequiredService<PluraDb>().Roles.Add(made);
                await services.GetRequiredService<PluraDb>().SaveChangesAsync();
                return made.Id;
            });
            Only[permission] = Signed("only " + permission, (await Account.Colleague(app, Membership.Custom, roleId: role, name: "Only")).Browser, [permission]);
            Tokens[permission] = await Program("a token for " + permission, permission);
        }

        var admin = await app.NewUser("Agency Admin");
        await app.Do("insert into accounts.agency_member (agency_id, user_id, role, since) select agency_id, $2, $3, $4 from accounts.account where id = $1", Account.Id, admin.Id, AgencyMember.Admin, app.Clock.GetUtcNow());
        Desks["/g"] = [Signed("the agency’s owner", Account.Browser, book.OfAgencyMember(AgencyMember.Owner)), Signed("the agency’s admin", admin.Browser, book.OfAgencyMember(AgencyMember.Admin))];
        // The lived-in account's owner is one of the installation's operators.
        Desks["/operator"] = [Signed("the operator", Account.Browser, book.OfOperator())];
        NoScope = await Program("a token for nothing", "");
        Stranger = Signed("somebody of another account", await Neighbour.SignIn(), []) with { May = null };
        StrangersToken = new Caller("another account's token", null, Neighbour.Api.Token, null);
    }

    private static Caller Signed(string name, Browser browser, IEnumerable<string> may) =>
        new(name, string.Join("; ", browser.Cookies.Select(c => $"{c.Key}={c.Value}")), null, may.ToHashSet(StringComparer.Ordinal));

    private Task<Caller> Program(string name, string scopes) => app.In(null, async services =>
    {
        var (row, secret) = ApiToken.Issue(Account.Id, name, scopes, app.Clock.GetUtcNow());
        services.GetRequiredService<PluraDb>().Add(row);
        await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        return new Caller(name, null, secret, scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal));
    });

    public async Task<Knock> Knock(Caller caller, string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(app.Address, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(path.StartsWith("/api/", StringComparison.Ordinal) ? "application/json" : "text/html"));
        if (caller.Cookies is not null)
            request.Headers.Add("Cookie", caller.Cookies);
        if (caller.Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.Token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        // A door that never answers is told by its name, and does not stop the others from being tried.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            using var answer = await Wire.SendAsync(request, patience.Token);
            return new Knock((int)answer.StatusCode, answer.Headers.Location?.ToString() ?? "", await answer.Content.ReadAsStringAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            return new Knock(504, "(no answer within 30 seconds)", "");
        }
    }

    /// <summary>A digest of every row that the account owns: what nobody from outside may change.</summary>
    public async Task<string> Digest()
    {
        await using var owner = await app.OpenOwner();
        var tables = (await owner.Rows("select c.oid::regclass::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where c.relkind = 'r' order by 1")).Select(r => (string)r[0]!);
        var digests = new StringBuilder();
        foreach (var table in tables)
            digests.Append(await owner.Ask<string>($"select coalesce(md5(string_agg(t::text, '|' order by t::text)), '-') from {table} t where tenant_id = $1", Account.Id)).Append(' ').Append(table).Append('\n');
        return digests.ToString();
    }
}
