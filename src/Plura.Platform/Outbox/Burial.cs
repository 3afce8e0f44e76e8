using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Plura.Platform.Outbox;

/// <summary>Gives a message up: it is marked dead, its account gets a notice, and its handler hears of it, all in one change.</summary>
public sealed partial class Burial(IServiceScopeFactory scopes, OutboxCatalog catalog, TimeProvider clock, ILogger<Burial> log)
{
    public async Task Bury(OutboxMessage message, Failure failure)
    {
        GivenUp(log, message.Subscriber, message.Id, failure.Code);
        try
        {
            await Bury(message, failure, tell: true);
        }
        catch (Exception error)
        {
            // What a handler does with the news may fail as its job did. The message is dead all the same, and is found where dead ones are.
            Untold(log, error, message.Subscriber, message.Id);
            await Bury(message, failure, tell: false);
        }
    }

    private async Task Bury(OutboxMessage message, Failure failure, bool tell)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (message.TenantId is { } tenant)
            services.GetRequiredService<Tenant>().Enter(tenant);
        services.GetRequiredService<Actor>().BecomeSystem(message.Subscriber);
        var db = services.GetRequiredService<PluraDb>();
        var (now, reason) = (clock.GetUtcNow(), failure.ToString());
        await using var change = await db.Database.BeginTransactionAsync();
        // A node that lost its lock must not bury what another has taken up since.
        var buried = await db.Outbox.Where(m => m.Id == message.Id && m.Node == message.Node)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Node, (int?)null).SetProperty(m => m.DeadAt, now).SetProperty(m => m.LastError, reason));
        if (buried == 0)
            return;
        if (message.TenantId is not null)
        {
            if (tell)
                await catalog.GaveUp(services, message, failure.Words, CancellationToken.None);
            var what = catalog.Work(message.Subscriber)?.Words ?? "A piece of work";
            await services.GetRequiredService<INotices>().PostOnce(
                DeadLetters.Notice, $"“{what}” did not finish. See why, and have it tried again.", DeadLetters.Page, CancellationToken.None);
            await db.SaveChangesAsync();
            await services.GetRequiredService<ILive>().Changed(DeadLetters.Topic, CancellationToken.None);
        }

        await change.CommitAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Subscriber} gave up message {Id} ({Code}); it waits for a person")]
    private static partial void GivenUp(ILogger logger, string subscriber, Guid id, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Subscriber} could not take the news that message {Id} was given up")]
    private static partial void Untold(ILogger logger, Exception error, string subscriber, Guid id);
}
