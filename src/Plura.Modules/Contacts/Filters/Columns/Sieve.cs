using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plura.Contacts;

/// <summary>
/// A filter over held columns. It works through the contacts piece by piece, a bit for each: of those that are still in, it keeps
/// those that fit. So "and" goes on with fewer, "or" asks only about those who are not in yet, and nothing larger than a piece is written.
/// </summary>
internal abstract class Sieve
{
    /// <summary>So many words of bits are a piece of rows.</summary>
    public const int Words = Chunks<int>.Size / 64;

    public abstract void Keep(int piece, Span<ulong> among);
}

internal sealed class AllSieve(IReadOnlyList<Sieve> parts) : Sieve
{
    public override void Keep(int piece, Span<ulong> among)
    {
        foreach (var part in parts)
        {
            if (among.IndexOfAnyExcept(0ul) < 0)
                return;
            part.Keep(piece, among);
        }
    }
}

internal sealed class AnySieve(IReadOnlyList<Sieve> parts) : Sieve
{
    public override void Keep(int piece, Span<ulong> among)
    {
        Span<ulong> left = stackalloc ulong[Words];
        Span<ulong> fits = stackalloc ulong[Words];
        among.CopyTo(left);
        foreach (var part in parts)
        {
            left.CopyTo(fits);
            part.Keep(piece, fits);
            for (var word = 0; word < Words; word++)
                left[word] &= ~fits[word];
        }

        for (var word = 0; word < Words; word++)
            among[word] &= ~left[word];
    }
}

internal sealed class NotSieve(Sieve part) : Sieve
{
    public override void Keep(int piece, Span<ulong> among)
    {
        Span<ulong> fits = stackalloc ulong[Words];
        among.CopyTo(fits);
        part.Keep(piece, fits);
        for (var word = 0; word < Words; word++)
            among[word] &= ~fits[word];
    }
}

/// <summary>Contacts whose numbers PostgreSQL gave.</summary>
internal sealed class MemberSieve(ulong[] members) : Sieve
{
    public override void Keep(int piece, Span<ulong> among)
    {
        var these = members.AsSpan(piece * Words, Words);
        for (var word = 0; word < Words; word++)
            among[word] &= these[word];
    }
}

internal sealed class MomentSieve(Chunks<long> moments, long from, long before) : Sieve
{
    public override void Keep(int piece, Span<ulong> among)
    {
        var here = moments.Piece(piece);
        for (var word = 0; word < Words; word++)
        {
            if (among[word] == 0)
                continue;
            var fits = 0ul;
            for (var bit = 0; bit < 64; bit++)
            {
                var moment = here[(word * 64) + bit];
                fits |= moment >= from && moment < before ? 1ul << bit : 0;
            }

            among[word] &= fits;
        }
    }
}

/// <summary>Texts, of which each that occurs was asked once: here it is only looked up whether it fits.</summary>
internal sealed class TextSieve : Sieve
{
    /// <summary>So few codes are compared faster than looked up.</summary>
    private const int FewCodes = 3;

    /// <summary>So few of a word's contacts are looked up one by one.</summary>
    private const int FewBits = 12;

    private readonly Chunks<int> codes;
    private readonly byte[] fits;
    private readonly int[]? few;
    private readonly bool fewFit;

    public TextSieve(TextColumn column, Func<ColumnValue, bool> test)
    {
        codes = column.Codes;
        fits = new byte[column.Values.Count];
        var (those, others) = (new List<int>(), new List<int>());
        for (var code = 0; code < fits.Length; code++)
        {
            var value = column.Values[code];
            fits[code] = value.Raw is not null && test(value) ? (byte)1 : (byte)0;
            var side = fits[code] == 1 ? those : others;
            if (side.Count <= FewCodes)
                side.Add(code);
        }

        fewFit = those.Count <= FewCodes;
        few = fewFit ? [.. those] : others.Count <= FewCodes ? [.. others] : null;
    }

    public override void Keep(int piece, Span<ulong> among)
    {
        var here = codes.Piece(piece);
        for (var word = 0; word < Words; word++)
        {
            if (among[word] == 0)
                continue;
            var rows = here.Slice(word * 64, 64);
            if (few is not null)
                among[word] &= fewFit ? Compared(rows) : ~Compared(rows);
            else if (BitOperations.PopCount(among[word]) <= FewBits)
                among[word] = OneByOne(rows, among[word]);
            else
                among[word] &= LookedUp(rows);
        }
    }

    private ulong Compared(ReadOnlySpan<int> rows)
    {
        var found = 0ul;
        var lanes = MemoryMarshal.Cast<int, Vector256<int>>(rows);
        foreach (var code in few!)
        {
            var wanted = Vector256.Create(code);
            for (var lane = 0; lane < lanes.Length; lane++)
                found |= (ulong)Vector256.Equals(lanes[lane], wanted).ExtractMostSignificantBits() << (lane * Vector256<int>.Count);
        }

        return found;
    }

    private ulong LookedUp(ReadOnlySpan<int> rows)
    {
        var found = 0ul;
        for (var bit = 0; bit < rows.Length; bit++)
            found |= (ulong)fits[rows[bit]] << bit;
        return found;
    }

    private ulong OneByOne(ReadOnlySpan<int> rows, ulong among)
    {
        var found = 0ul;
        for (var left = among; left != 0; left &= left - 1)
        {
            var bit = BitOperations.TrailingZeroCount(left);
            found |= (ulong)fits[rows[bit]] << bit;
        }

        return found;
    }
}
