using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>A person decides about one message of which nobody knows whether it arrived, whatever it was sent for.</summary>
public sealed record ResolveUnclear
{
    public Guid SendId { get; set; }

    /// <summary>True: handed over once more, under the same Message-ID. False: closed as it is.</summary>
    [Required(ErrorMessage = "Say whether to send it again or to leave it.")]
    public bool? Resend { get; set; }
}

public sealed class ResolveUnclearHandler(PluraDb db, Resolving resolving, IAudit audit)
{
    public async Task<Result> Handle(ResolveUnclear command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await Resolve(command, "messaging.resolve_unclear", ct);
    }

    /// <param name="command">What was decided.</param>
    /// <param name="act">Under which word the account's log keeps it.</param>
    /// <param name="ct">Stops before it is decided.</param>
    internal async Task<Result> Resolve(ResolveUnclear command, string act, CancellationToken ct)
    {
        if (await db.Sends.AsNoTracking().Where(s => s.Id == command.SendId).Select(s => new { s.Origin, s.OriginId }).FirstOrDefaultAsync(ct) is not { } send)
            return Refusal.NotFound("send.missing", "This message does not exist.");
        audit.Note(act, command.SendId);
        return await resolving.Resolve(new DispatchKey(db.Tenant.Id, send.Origin, send.OriginId), command.SendId, command.Resend == true, ct);
    }
}

/// <summary>The installation's own letters leave from the operator's account; whoever runs it decides about them at the desk.</summary>
public sealed class ResolveSystemLetterHandler(IServiceScopeFactory scopes, IAccountDirectory accounts, PluraDb db, IAudit audit, Actor actor)
{
    private const string Act = "operator.resolve_unclear";

    public async Task<Result> Handle(ResolveUnclear command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().Become(actor.Kind, actor.Id, actor.Name, actor.Permissions);
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter((await accounts.Operator(ct)).Id);
        var resolved = await scope.ServiceProvider.GetRequiredService<ResolveUnclearHandler>().Resolve(command, Act, ct);
        if (!resolved.Ok)
            return resolved;
        audit.Note(Act, command.SendId);
        await db.SaveChangesAsync(ct);
        return resolved;
    }
}
