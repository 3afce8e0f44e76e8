using Microsoft.Extensions.Configuration;

namespace Plura.Accounts;

/// <summary>
/// Services whose mailboxes throw themselves away: a list packed at build from an npm package, and what the installation's settings add
/// (<c>Accounts__DisposableDomains</c>) or take out (<c>Accounts__NotDisposable</c>). It is a hundred thousand names, so it stays bytes, sorted.
/// </summary>
public sealed class DisposableDomains(IConfiguration configuration)
{
    private static readonly Lazy<byte[]> List = new(Read);
    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>How many the list has; none in a build without the asset step.</summary>
    public static int Count => List.Value.Count(b => b == '\n');

    /// <summary>The domain, or one that it stands under (<c>x.mailinator.com</c>).</summary>
    public bool Has(string domain)
    {
        if (Set("Accounts:NotDisposable").Contains(domain))
            return false;
        var own = Set("Accounts:DisposableDomains");
        for (var name = domain; name.Contains('.', StringComparison.Ordinal); name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if (own.Contains(name) || Listed(name))
                return true;
        }

        return false;
    }

    private HashSet<string> Set(string setting) => (configuration[setting] ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static bool Listed(string name)
    {
        if (!System.Text.Ascii.IsValid(name))
            return false;
        var list = List.Value.AsSpan();
        var wanted = System.Text.Encoding.ASCII.GetBytes(name.ToLowerInvariant());
        var (low, high) = (0, list.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var start = list[low..middle].LastIndexOf((byte)'\n') is >= 0 and var before ? low + before + 1 : low;
            var end = start + list[start..].IndexOf((byte)'\n');
            var order = list[start..end].SequenceCompareTo(wanted);
            if (order == 0)
                return true;
            if (order < 0)
                low = end + 1;
            else
                high = start;
        }

        return false;
    }

    private static byte[] Read()
    {
        using var stream = typeof(DisposableDomains).Assembly.GetManifestResourceStream("domains/disposable.txt");
        if (stream is null)
            return [];
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
