using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>One account's side of a pump run of one channel: its scope, its gate, its messages.</summary>
public sealed class TenantLane : IAsyncDisposable
{
    private readonly AsyncServiceScope scope;
    private readonly Func<Guid, CancellationToken, Task<ICompiledMessage>> compile;
    private readonly IReadOnlyList<IRecipientSource> sources;
    private readonly LetterShelf shelf;
    private AccountCard? account;

    private TenantLane(AsyncServiceScope scope, Guid tenantId, string channel)
    {
        this.scope = scope;
        TenantId = tenantId;
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(tenantId);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("pump");
        Gate = scope.ServiceProvider.GetRequiredService<IGate>();
        compile = channel switch
        {
            Channels.Sms => scope.ServiceProvider.GetRequiredService<TextComposer>().Compile,
            Channels.Chat => (_, _) => Task.FromResult<ICompiledMessage>(new CompiledChat()),
            _ => Letters(scope.ServiceProvider.GetRequiredService<IComposer>()),
        };
        shelf = scope.ServiceProvider.GetRequiredService<LetterShelf>();
        sources = [.. scope.ServiceProvider.GetServices<IRecipientSource>()];
    }

    public Guid TenantId { get; }

    public IGate Gate { get; }

    /// <summary>As of this run: a suspension stops the next run at the latest, and the gate sees it for every message.</summary>
    public bool Suspended => account?.Suspended ?? true;

    /// <summary>As of this run: held until a person of the operator has looked.</summary>
    public bool Held => account?.Held ?? false;

    public static async Task<TenantLane> Enter(IServiceScopeFactory scopes, Guid tenantId, string channel, CancellationToken ct)
    {
        var lane = new TenantLane(scopes.CreateAsyncScope(), tenantId, channel);
        await lane.Look(ct);
        return lane;
    }

    /// <summary>Asks again what the account says of itself, and whether it may send at all.</summary>
    public async Task Look(CancellationToken ct) =>
        account = await scope.ServiceProvider.GetRequiredService<IAccountDirectory>().Account(TenantId, ct);

    public Task<ICompiledMessage> Template(Guid contentId, CancellationToken ct) => account is { } card
        ? shelf.Take(contentId, card, () => compile(contentId, ct))
        : compile(contentId, ct);

    public Task<IReadOnlyDictionary<Guid, Recipient>> Recipients(NpgsqlConnection connection, DispatchKey dispatch, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct)
    {
        var source = sources.FirstOrDefault(s => s.Serves(dispatch.Origin)) ?? throw new InvalidOperationException($"Nobody knows the recipients of {dispatch.Origin}.");
        return source.Load(connection, dispatch.Origin, dispatch.OriginId, contactPointIds, ct);
    }

    /// <summary>Who said STOP to a number from which this account now writes.</summary>
    public Task Heed(string number, IReadOnlyCollection<Recipient> recipients, CancellationToken ct) =>
        recipients.Count == 0 ? Task.CompletedTask : scope.ServiceProvider.GetRequiredService<NumberStops>().Heed(number, recipients, ct);

    public ValueTask DisposeAsync() => scope.DisposeAsync();

    private static Func<Guid, CancellationToken, Task<ICompiledMessage>> Letters(IComposer composer) => async (contentId, ct) => await composer.Compile(contentId, ct);
}
