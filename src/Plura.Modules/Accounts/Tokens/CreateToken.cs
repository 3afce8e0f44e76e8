using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Accounts;

/// <summary>Issues a private integration token for an account; the answer is the only time it can be read.</summary>
public sealed record CreateToken
{
    public Guid AccountId { get; set; }

    [Required(ErrorMessage = "Give the token a name.")]
    public string Name { get; set; } = "";

    /// <summary>Permissions separated by blanks; <c>*</c> for all.</summary>
    [Required(ErrorMessage = "Say what the token may do.")]
    public string Scopes { get; set => field = value ?? "*"; } = "*";   // a form that does not ask for it leaves null
}

public sealed class CreateTokenHandler(PluraDb db, TimeProvider clock)
{
    public async Task<Result<string>> Handle(CreateToken command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var (row, token) = ApiToken.Issue(command.AccountId, command.Name, command.Scopes, clock.GetUtcNow());
        db.ApiTokens.Add(row);
        await db.SaveChangesAsync(ct);
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
        var made = await services.GetRequiredService<CreateTokenHandler>()
            .Handle(new CreateToken { AccountId = account.Id, Name = "Command line", Scopes = (options.Get("scopes") ?? "*").Replace(',', ' ') }, ct);
        return new { token = made.Value, locationId = account.Id, companyId = account.AgencyId };
    }
}
