using System.Numerics;

namespace Plura.Contacts;

/// <summary>
/// The contacts of one account as they were at one moment: who there was, and the columns that filters asked for. Nobody changes it once it
/// is handed out; <see cref="Next"/> makes the one that is changed.
/// </summary>
internal sealed class ColumnSnapshot
{
    private readonly Chunks<Guid> ids;
    private readonly Chunks<ulong> living;
    private readonly Dictionary<string, HeldColumn> columns;
    private RowIndex index;
    private int gone;

    public ColumnSnapshot()
        : this(new Chunks<Guid>(), new Chunks<ulong>(), [], new RowIndex(), 0)
    {
    }

    private ColumnSnapshot(Chunks<Guid> ids, Chunks<ulong> living, Dictionary<string, HeldColumn> columns, RowIndex index, int gone) =>
        (this.ids, this.living, this.columns, this.index, this.gone) = (ids, living, columns, index, gone);

    /// <summary>When it was.</summary>
    public required ColumnMoment Moment { get; init; }

    /// <summary>Columns for which there was no room.</summary>
    public HashSet<string> Refused { get; init; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Columns => columns.Keys;

    public long Bytes => ((long)ids.Count * (16 + 1)) + index.Bytes + columns.Values.Sum(c => c.Bytes);

    /// <summary>More of the rows are nobody's than somebody's.</summary>
    public bool IsHollow => gone > ids.Count / 2;

    public ColumnSnapshot Next(ColumnMoment moment) =>
        new(ids.Copy(), living.Copy(), columns.ToDictionary(c => c.Key, c => c.Value.Copy(), StringComparer.Ordinal), index, gone) { Moment = moment, Refused = [.. Refused] };

    public HeldColumn? Column(string name) => columns.GetValueOrDefault(name);

    public HeldColumn AddColumn(string name)
    {
        HeldColumn column = HeldColumns.IsMoment(name) ? new MomentColumn() : new TextColumn();
        for (var row = 0; row < ids.Count; row++)
            column.AddRow();
        columns.Add(name, column);
        return column;
    }

    public void RefuseColumn(string name)
    {
        columns.Remove(name);
        Refused.Add(name);
    }

    /// <summary>The row of a contact, which is a new one where there was none.</summary>
    public int Row(Guid id)
    {
        var row = index.Find(id, ids);
        if (row >= 0)
            return row;
        row = ids.Count;
        ids.Add(id);
        if (row % 64 == 0)
            living.Add(0);
        living.Set(row / 64, living[row / 64] | (1ul << (row % 64)));
        foreach (var column in columns.Values)
            column.AddRow();
        index = index.With(row, ids);
        return row;
    }

    /// <summary>Forgets a contact and all that stood in its row.</summary>
    public void Remove(Guid id)
    {
        var row = index.Find(id, ids);
        if (row < 0)
            return;
        ids.Set(row, Guid.Empty);
        living.Set(row / 64, living[row / 64] & ~(1ul << (row % 64)));
        foreach (var column in columns.Values)
            column.Clear(row);
        gone++;
    }

    /// <summary>A bit for each of these who is here.</summary>
    public ulong[] Bits(IEnumerable<Guid> members)
    {
        var bits = new ulong[(ids.Count + Chunks<Guid>.Size - 1) / Chunks<Guid>.Size * Sieve.Words];
        foreach (var id in members)
        {
            var row = index.Find(id, ids);
            if (row >= 0)
                bits[row / 64] |= 1ul << (row % 64);
        }

        return bits;
    }

    /// <summary>How many fit.</summary>
    public int Count(Sieve sieve)
    {
        var count = 0;
        Span<ulong> among = stackalloc ulong[Sieve.Words];
        for (var piece = 0; piece * Chunks<Guid>.Size < ids.Count; piece++)
        {
            Pass(sieve, piece, among);
            foreach (var word in among)
                count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Who fits; null where they are more than that.</summary>
    public Guid[]? Few(Sieve sieve, int most)
    {
        var fit = new List<Guid>();
        Span<ulong> among = stackalloc ulong[Sieve.Words];
        for (var piece = 0; piece * Chunks<Guid>.Size < ids.Count; piece++)
        {
            Pass(sieve, piece, among);
            for (var word = 0; word < Sieve.Words; word++)
            {
                for (var left = among[word]; left != 0; left &= left - 1)
                    fit.Add(ids[(piece * Chunks<Guid>.Size) + (word * 64) + BitOperations.TrailingZeroCount(left)]);
            }

            if (fit.Count > most)
                return null;
        }

        return [.. fit];
    }

    /// <summary>A bit for each row of a piece that is somebody's and passes.</summary>
    private void Pass(Sieve sieve, int piece, Span<ulong> among)
    {
        var first = piece * Sieve.Words;
        living.Piece(first / Chunks<ulong>.Size).Slice(first % Chunks<ulong>.Size, Sieve.Words).CopyTo(among);
        sieve.Keep(piece, among);
    }
}

/// <summary>What PostgreSQL says of the moment that a transaction sees.</summary>
/// <param name="Oldest">The oldest transaction that was still open: all before it is seen, and nothing else is certain.</param>
/// <param name="Newest">No transaction from here on had begun.</param>
/// <param name="At">By this node's clock.</param>
/// <param name="ServerSince">Since when this server runs. Another one, or one that was restored, numbers its transactions anew.</param>
internal sealed record ColumnMoment(ulong Oldest, ulong Newest, DateTimeOffset At, DateTime ServerSince);
