using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Lays an answer before the visitor of a website. No provider stands behind it: the visitor's own stream, on whatever node it is open, takes it from there.</summary>
public sealed class ChatTransport(IServiceScopeFactory scopes) : IChatTransport, ITransportSession
{
    public string Name => "chat";

    public int Connections => 2;

    public bool Usable => true;

    public Task<ITransportSession> Open(CancellationToken ct) => Task.FromResult<ITransportSession>(this);

    public async Task<HandOff> Send(AuthorizedMessage message, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(message.TenantId);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("chat");
        try
        {
            return await scope.ServiceProvider.GetRequiredService<IChatLines>().HandOver(Guid.Parse(message.Message.EnvelopeFrom), ct)
                ? new HandOff(HandOffOutcome.Accepted, null, null, "Laid before the visitor.")
                : new HandOff(HandOffOutcome.Refused, null, null, "The chat is over.");
        }
        catch (Exception error) when (error is DbException or DbUpdateException)
        {
            // Laid twice it is there once: whether the first try succeeded need not be known.
            return new HandOff(HandOffOutcome.NotBegun, null, null, "");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
