using Plura.Platform;

namespace Plura.Privacy;

/// <summary>Every act that the modules declare, with its words.</summary>
public sealed class ActBook(IEnumerable<IModule> modules)
{
    private readonly Dictionary<string, ActWords> all = modules.SelectMany(m => m.Acts).ToDictionary(a => a.Act, StringComparer.Ordinal);

    public IEnumerable<ActWords> All => all.Values;

    public ActWords? Find(string act) => all.GetValueOrDefault(act);

    public string? KindOf(string act) => Find(act)?.Kind;

    public string[] In(ActGroup group) => [.. all.Values.Where(a => a.Group == group).Select(a => a.Act)];
}
