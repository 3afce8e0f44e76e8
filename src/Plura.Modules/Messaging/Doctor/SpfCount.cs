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
        var records = await walk.Look(domain, counts: true, ct);
        return records is null || walk.Unreachable ? null : new SpfAnswer(records.Value, walk.Lookups, walk.Everybody, walk.Record, walk.Broken);
    }

    private sealed class Walk(IDnsTexts dns)
    {
        public int Lookups { get; private set; }

        /// <summary>It lets everybody send: +all.</summary>
        public bool Everybody { get; private set; }

        public bool Unreachable { get; private set; }

        /// <summary>The domain's own record, as it stands there.</summary>
        public string? Record { get; private set; }

        /// <summary>A term that makes the whole record an error: it points to where no record stands, or to nothing.</summary>
        public string? Broken { get; private set; }

        /// <summary>How many records stand there.</summary>
        /// <param name="domain">Whose.</param>
        /// <param name="counts">What it lets through is let through by whoever asked: not behind <c>-include</c>.</param>
        /// <param name="ct">Stops it.</param>
        public async Task<int?> Look(string domain, bool counts, CancellationToken ct)
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
                await Read(record, counts, ct);
            }

            return records.Count;
        }

        private async Task Read(string record, bool counts, CancellationToken ct)
        {
            string? redirect = null;
            foreach (var written in record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                var term = written[0] is '+' or '-' or '~' or '?' ? written[1..] : written;
                var name = term.Split(':', '=', '/')[0].ToLowerInvariant();
                if (name == "all")
                {
                    // What stands behind it is never read, and a redirect beside it counts for nothing (RFC 7208 §5.1, §6.1).
                    Everybody |= counts && written[0] is not ('-' or '~' or '?');
                    return;
                }

                if (name == "redirect")
                    redirect ??= written;
                else if (name is "a" or "mx" or "ptr" or "exists")
                    Lookups++;
                else if (name == "include")
                    await Follow(written, counts && written[0] is not ('-' or '~' or '?'), ct);
            }

            if (redirect is not null)
                await Follow(redirect, counts, ct);
        }

        private async Task Follow(string written, bool counts, CancellationToken ct)
        {
            Lookups++;
            var next = written.Split([':', '='], 2) is [_, { Length: > 0 } name] ? name.ToLowerInvariant() : null;
            // Beyond the bound nothing is asked any more: that is the finding. A name with a macro is known only when a letter comes.
            if (next is null || (Lookups <= SpfCount.Most && !next.Contains('%', StringComparison.Ordinal) && await Look(next, counts, ct) is not (1 or null)))
                Broken ??= written;
        }
    }
}

/// <param name="Records">How many SPF records stand there: one is right.</param>
/// <param name="Lookups">How many questions they cost whoever gets a letter.</param>
/// <param name="Everybody">Anybody may send in its name.</param>
/// <param name="Record">The record, where there is one.</param>
/// <param name="Broken">A term by which servers take the whole record for a mistake; null where there is none.</param>
public sealed record SpfAnswer(int Records, int Lookups, bool Everybody, string? Record, string? Broken = null)
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
