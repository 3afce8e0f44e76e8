namespace Plura.Platform;

/// <summary>
/// What this request is about, for the audit log: which act, about which thing, from where. The door begins it, handlers name
/// themselves by validating their command, and the first change that is saved carries the entry. Outside a request it says nothing:
/// work in the background notes what it did itself.
/// </summary>
public sealed class AuditTrail
{
    /// <summary>Under this name a session's id stands among its ticket's items.</summary>
    public const string SessionItem = "plura.session";

    private static readonly AsyncLocal<AuditTrail?> Running = new();
    private readonly List<Type> commands = [];
    private string? endpoint;
    private string? module;
    private bool writes;

    /// <summary>The id in the request's address.</summary>
    public Guid? About { get; private set; }

    /// <summary>The network that the request came from, cut so that it points at no single line: <c>203.0.113.0/24</c>.</summary>
    public string? Network { get; private set; }

    /// <summary>The signed-in browser.</summary>
    public Guid? Session { get; private set; }

    /// <summary>How many people's data the answer shows; null where nobody counted.</summary>
    public int? People { get; private set; }

    /// <summary>True once the scope's one entry was added to its context.</summary>
    public bool Noted { get; private set; }

    /// <summary>The slice's name, for example <c>EditContact</c>; null where a change needs no entry by itself (looking, background work).</summary>
    public string? Slice => Chosen?.Name ?? (writes ? endpoint : null);

    /// <summary>The act that a change saved now belongs to: <c>contacts.edit</c>.</summary>
    public string? Act => !writes ? null : Chosen is { } command ? Acts.Of(command) : endpoint is { } name ? Acts.Of(module ?? "", name) : null;

    // An endpoint bears its slice's name. A page has several forms: the command that was validated last is the one that is being done.
    private Type? Chosen => !writes ? null : commands.Find(c => string.Equals(c.Name, endpoint, StringComparison.Ordinal)) ?? (commands.Count > 0 ? commands[^1] : null);

    /// <param name="writes">False for GET and HEAD, which change nothing.</param>
    /// <param name="endpoint">The endpoint's or page's name.</param>
    /// <param name="module">The module it belongs to.</param>
    /// <param name="about">The id in the address.</param>
    /// <param name="network">Already cut.</param>
    /// <param name="session">The signed-in browser.</param>
    public void Begin(bool writes, string? endpoint, string? module, Guid? about, string? network, Guid? session)
    {
        (this.writes, this.endpoint, this.module, About, Network, Session) = (writes, endpoint, module, about, network, session);
        Running.Value = this;
    }

    /// <summary>For a scope inside another one of the same request: what it changes belongs to the same act, from the same place. It notes what it did itself.</summary>
    public void Follow(AuditTrail other) => (Network, Session) = (other.Network, other.Session);

    /// <summary>A handler begins with this command. Looking has no use for it, and a stream looks for hours.</summary>
    public static void Says(Type command)
    {
        if (Running.Value is { writes: true } trail)
            trail.commands.Add(command);
    }

    /// <summary>The answer shows this many people's data.</summary>
    public void Saw(int people) => People = (People ?? 0) + people;

    /// <summary>The entry is in the scope's context.</summary>
    public void Note() => Noted = true;

    /// <summary>What was to be saved was not, and may be tried again: the next try needs its entry as well.</summary>
    public void Forget() => Noted = false;
}
