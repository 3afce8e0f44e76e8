using System.Text.Json;
using System.Text.Json.Nodes;
using Plura.Platform;

namespace Plura.Accounts.Contracts;

/// <summary>
/// What a module adds to a snapshot: the file with an account's set-up, which is stamped on other accounts. Contacts, permissions, people and secrets
/// never travel: each table of an account either travels in one part or its module says why it stays, and a test finds what was forgotten.
/// </summary>
public interface ISnapshotPart
{
    /// <summary>Its key in the file: <c>tags</c>.</summary>
    string Name { get; }

    /// <summary>In people's words: <c>Tags</c>.</summary>
    string Title { get; }

    /// <summary>Lower is stamped earlier: what others name comes before those.</summary>
    int Order { get; }

    /// <summary>Who may not do this by hand may not do it by a stamp.</summary>
    string Permission { get; }

    /// <summary>The entities that travel in it.</summary>
    IReadOnlyList<Type> Travel { get; }

    /// <summary>What the scope's account has, in the order of the file.</summary>
    Task<IReadOnlyList<SetUpItem>> Read(CancellationToken ct);

    /// <summary>An item of a file; refused where it has not the shape of one.</summary>
    Result<SetUpItem> Parse(JsonElement item);

    /// <summary>Makes it, or changes what is there into it, by the handlers that pages use.</summary>
    /// <param name="wanted">From a file.</param>
    /// <param name="here">What the account has under this name; null where it has nothing.</param>
    /// <param name="ct">Stops it.</param>
    Task<Refusal?> Put(SetUpItem wanted, SetUpItem? here, CancellationToken ct);
}

/// <summary>Entities that never travel in a snapshot, and why; the module that owns them registers it as a service.</summary>
public sealed record StaysBehind(string Why, params Type[] Entities);

/// <param name="Name">By which it is found again in another account.</param>
/// <param name="Content">As in the file, without ids, times and people.</param>
public sealed record SetUpItem(string Name, JsonObject Content)
{
    /// <summary>The id of what is there; it does not travel.</summary>
    public Guid? Id { get; init; }
}

/// <summary>A part whose items are records of one kind: they are written and read strictly, so that a file says nothing that is not understood.</summary>
public abstract class SnapshotPart<T> : ISnapshotPart where T : class
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
    };

    public abstract string Name { get; }

    public abstract string Title { get; }

    public abstract int Order { get; }

    public abstract string Permission { get; }

    public abstract IReadOnlyList<Type> Travel { get; }

    public async Task<IReadOnlyList<SetUpItem>> Read(CancellationToken ct) => [.. (await Load(ct)).Select(i => Item(i.Content) with { Id = i.Id })];

    public Result<SetUpItem> Parse(JsonElement item)
    {
        try
        {
            if (item.Deserialize<T>(Strict) is { } read && !string.IsNullOrWhiteSpace(NameOf(read)))
                return Item(read);
        }
        catch (JsonException)
        {
            // Said below, in words.
        }

        return Refusal.Invalid("snapshot.shape", $"Under “{Name}” this file holds something that is not written as PluraOS writes it.");
    }

    public Task<Refusal?> Put(SetUpItem wanted, SetUpItem? here, CancellationToken ct) => Put(wanted.Content.Deserialize<T>(Strict)!, here?.Id, ct);

    protected abstract string NameOf(T content);

    protected abstract Task<IReadOnlyList<(Guid? Id, T Content)>> Load(CancellationToken ct);

    protected abstract Task<Refusal?> Put(T wanted, Guid? here, CancellationToken ct);

    private SetUpItem Item(T content) => new(NameOf(content), JsonSerializer.SerializeToNode(content, Strict)!.AsObject());
}
