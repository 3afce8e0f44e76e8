using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Which servers a domain lets send for it (SPF, RFC 7208), as far as it can be said without sending: whether there is one record, and how many questions it costs.</summary>
public sealed class SpfCount(IDnsTexts dns)
{
    /// <summary>RFC 7208 §4.6.4: whoever needs more gets an error for every letter.</summary>
    public const int Most = 10;

    /// <summary>Null where the name system could not be asked.</summary>
    public async Task<SpfAnswer?> Of(string domain, CancellationToken ct)
    {
        var walk = new Walk(dns);
        var records = await walk.Look(domain, ct);
        return records is null || walk.Unreachable ? null : new SpfAnswer(records.Value, walk.Lookups, walk.Everybody, walk.Record);
    }

    private sealed class Walk(IDnsTexts dns)
    {
        public int Lookups { get; private set; }

        /// <summary>It lets everybody send: +all.</summary>
        public bool Everybody { get; private set; }

        public bool Unreachable { get; private set; }

        /// <summary>The domain's own record, as it stands there.</summary>
        public string? Record { get; private set; }

        /// <summary>How many records stand there.</summary>
        public async Task<int?> Look(string domain, CancellationToken ct)
        {
            if (await dns.Texts(domain, ct) is not { } texts)
            {
                Unreachable = true;
                return null;
            }

            var records = texts.Where(t => t.Equals("v=spf1", StringComparison.OrdinalIgnoreCase) || t.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase)).ToList();
            if (records is [var record])
            {
                Record ??= record;
                await Read(record, ct);
            }

            return records.Count;
        }

        private async Task Read(string record, CancellationToken ct)
        {
            foreach (var written in record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                var term = written.TrimStart('+', '-', '~', '?').ToLowerInvariant();
                var name = term.Split(':', '=', '/')[0];
                if (name == "all")
                    Everybody |= written[0] is '+' or 'a' or 'A';
                if (name is not ("include" or "redirect" or "a" or "mx" or "ptr" or "exists"))
                    continue;
                Lookups++;
                // Beyond the bound nothing is asked any more: that is the finding. A name with a macro is known only when a letter comes.
                if (name is "include" or "redirect" && Lookups <= Most && term[(name.Length + 1)..] is var next && !next.Contains('%', StringComparison.Ordinal))
                    await Look(next, ct);
            }
        }
    }
}

/// <param name="Records">How many SPF records stand there: one is right.</param>
/// <param name="Lookups">How many questions they cost whoever gets a letter.</param>
/// <param name="Everybody">Anybody may send in its name.</param>
/// <param name="Record">The record, where there is one.</param>
public sealed record SpfAnswer(int Records, int Lookups, bool Everybody, string? Record)
{
    /// <summary>Whether the record names this server itself: <c>include:spf.example.com</c>, <c>ip4:192.0.2.1</c>.</summary>
    public bool Names(string term) => Record?.Split(' ').Any(t => t.TrimStart('+').Equals(term, StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>The record with this server in it: before the term that says what becomes of all others.</summary>
    public string With(string term)
    {
        var terms = (Record ?? "v=spf1 ~all").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var last = terms.FindIndex(t => t.TrimStart('+', '-', '~', '?').ToLowerInvariant() is "all" || t.StartsWith("redirect=", StringComparison.OrdinalIgnoreCase));
        terms.Insert(last < 0 ? terms.Count : last, term);
        return string.Join(' ', terms);
    }
}
