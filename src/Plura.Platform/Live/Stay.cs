namespace Plura.Platform;

/// <summary>
/// Whether whoever came in may still be here. A request is short; a stream is not. Whatever lets somebody in only for a time says
/// here how to ask again, and a stream asks all of them before each thing it shows. Its topic wakes every stream of the account when a door changed.
/// </summary>
public sealed class Stay
{
    /// <summary>Rings when somebody may come in, or may no longer; see <see cref="ILive"/>.</summary>
    public const string Topic = "doors";

    private readonly List<Func<IServiceProvider, CancellationToken, Task<bool>>> asks = [];

    public void OnlyWhile(Func<IServiceProvider, CancellationToken, Task<bool>> holds) => asks.Add(holds);

    /// <param name="services">A scope of its own: the request's database context may be at work.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<bool> Holds(IServiceProvider services, CancellationToken ct)
    {
        foreach (var ask in asks)
        {
            if (!await ask(services, ct))
                return false;
        }

        return true;
    }
}
