using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Accounts;

/// <summary>Issues a private integration token for the scope's account; the answer is the only time it can be read.</summary>
public sealed record CreateToken
{
    [Required(ErrorMessage = "Give the token a name."), StringLength(ApiToken.LongestName, ErrorMessage = "Keep the name under 80 characters.")]
    public string Name { get; set; } = "";

    /// <summary>Names of permissions; <c>*</c> for all, which only the command line gives.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>How many days it lasts; null for one that does not end by itself.</summary>
    [Range(1, 3650, ErrorMessage = "Choose how long it lasts.")]
    public int? Days { get; set; }
}

public sealed class CreateTokenHandler(PluraDb db, Tenant tenant, Actor actor, RoleBook roles, INotices notices, TimeProvider clock)
{
    public const string All = "*";

    /// <summary>A list that a person can still look through, when one of them must be found and ended.</summary>
    public const int Most = 50;

    public async Task<Result<string>> Handle(CreateToken command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var scopes = command.Scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (scopes.Count == 0)
            return Refusal.Invalid("token.scopes", "Choose at least one thing that the program may do.", nameof(command.Scopes));
        if (scopes.Find(s => s != All && roles.In(Area.Account).All(p => p.Name != s)) is { } unknown)
            return Refusal.Invalid("token.scope_unknown", $"There is no scope {unknown}.", nameof(command.Scopes));
        if (actor.Kind is ActorKind.Token)
            return Refusal.Forbidden("token.by_token", "Only a person lets programs in.");
        // Nobody gives more than they have.
        var person = actor.Kind == ActorKind.User ? actor.Id : null;
        if (person is not null && scopes.Find(s => s == All || !actor.May(s)) is not null)
            return Refusal.Forbidden("token.more_than_you", "You can only give what you may do yourself.");

        var (account, now) = (tenant.Id, clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two who ask at once must not both find the last place.
        await db.Database.ExecuteSqlAsync($"select from accounts.account where id = {account} for no key update", ct);
        if (await db.ApiTokens.CountAsync(t => t.AccountId == account && t.RevokedAt == null && (t.ExpiresAt == null || t.ExpiresAt > now), ct) >= Most)
            return Refusal.Limit("token.many", $"An account has at most {Most} tokens that work, and this one has them. Revoke one that nothing uses any more, then make the new one.");
        var (row, token) = ApiToken.Issue(account, command.Name, string.Join(' ', scopes), now, person, command.Days);
        db.ApiTokens.Add(row);
        TokenNotices.Made(notices, row, actor);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return token;
    }
}

internal sealed class CreateTokenCommand : ICommand
{
    public string Name => "token create";

    public string Help => "--account <slug> [--scopes \"contacts.read …\"]: issues an API token";

    public async Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct)
    {
        var slug = options.Need("account");
        var account = await services.GetRequiredService<IAccountDirectory>().AccountBySlug(slug, ct)
            ?? throw new PlainException($"There is no account '{slug}'.");
        services.GetRequiredService<Tenant>().Enter(account.Id);
        var made = await services.GetRequiredService<CreateTokenHandler>()
            .Handle(new CreateToken { Name = "Command line", Scopes = (options.Get("scopes") ?? CreateTokenHandler.All).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) }, ct);
        return made.Refusal is { } refusal ? throw new PlainException(refusal.Text) : new { token = made.Value, locationId = account.Id, companyId = account.AgencyId };
    }
}
