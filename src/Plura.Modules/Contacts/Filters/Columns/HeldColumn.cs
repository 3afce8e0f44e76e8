using System.Runtime.InteropServices;
using System.Text;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>One column of all contacts of an account, by row number.</summary>
internal abstract class HeldColumn
{
    /// <summary>About what it takes in memory.</summary>
    public abstract long Bytes { get; }

    /// <summary>For the next state; this one stays as it is for whoever still reads it.</summary>
    public abstract HeldColumn Copy();

    /// <summary>A row behind the last one, empty.</summary>
    public abstract void AddRow();

    /// <summary>Forgets what stands in a row.</summary>
    public abstract void Clear(int row);
}

internal sealed class MomentColumn : HeldColumn
{
    private static readonly DateTimeOffset Since = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private MomentColumn(Chunks<long> moments) => Moments = moments;

    public MomentColumn()
        : this(new Chunks<long>())
    {
    }

    public Chunks<long> Moments { get; }

    public override long Bytes => (long)Moments.Count * sizeof(long);

    /// <summary>Microseconds as PostgreSQL counts them, and rounded as a parameter is.</summary>
    public static long Of(DateTimeOffset moment) => (moment.UtcTicks - Since.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public override HeldColumn Copy() => new MomentColumn(Moments.Copy());

    public override void AddRow() => Moments.Add(0);

    public override void Clear(int row) => Moments.Set(row, 0);
}

/// <summary>
/// Texts as numbers: each value that occurs stands once, under a code. What no row has any more is forgotten at once, because it
/// may have been somebody's who is erased.
/// </summary>
internal sealed class TextColumn : HeldColumn
{
    private const int EmptyCode = 0;
    private const int BytesBesideText = 120;

    // Only the writer's: they belong to the newest copy.
    private readonly Dictionary<string, int> known;
    private readonly List<int> uses;
    private readonly Stack<int> free;
    private readonly List<int> unfolded;
    private long textBytes;

    public TextColumn()
        : this(new Chunks<int>(), new Chunks<ColumnValue>(), new Dictionary<string, int>(StringComparer.Ordinal), [], new Stack<int>(), [], 0)
    {
        known.Add("", EmptyCode);
        Values.Add(new ColumnValue("", ""));
        uses.Add(0);
    }

    private TextColumn(Chunks<int> codes, Chunks<ColumnValue> values, Dictionary<string, int> known, List<int> uses, Stack<int> free, List<int> unfolded, long textBytes) =>
        (Codes, Values, this.known, this.uses, this.free, this.unfolded, this.textBytes) = (codes, values, known, uses, free, unfolded, textBytes);

    public Chunks<int> Codes { get; }

    /// <summary>By code; a code that is free has no text.</summary>
    public Chunks<ColumnValue> Values { get; }

    public override long Bytes => ((long)Codes.Count * sizeof(int)) + textBytes;

    public override HeldColumn Copy() => new TextColumn(Codes.Copy(), Values.Copy(), known, uses, free, unfolded, textBytes);

    public override void AddRow() => Codes.Add(EmptyCode);

    public override void Clear(int row) => Set(row, "");

    public void Set(int row, string text)
    {
        var before = Codes[row];
        var code = Code(text);
        if (code == before)
            return;
        Codes.Set(row, code);
        uses[code]++;
        if (before != EmptyCode && --uses[before] == 0)
            Forget(before);
    }

    /// <summary>New values whose folding only PostgreSQL knows for certain: it does not lower every letter that Unicode does.</summary>
    public IReadOnlyList<string> TakeUnfolded()
    {
        var texts = unfolded.ConvertAll(code => Values[code].Raw);
        unfolded.Clear();
        return [.. texts.Where(t => t is not null)];
    }

    public void Fold(string text, string folded)
    {
        if (known.TryGetValue(text, out var code))
            Values.Set(code, new ColumnValue(text, folded));
    }

    private int Code(string text)
    {
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(known, text, out var there);
        if (there)
            return code;
        var value = new ColumnValue(text, ContactText.Fold(text));
        if (!free.TryPop(out code))
        {
            code = Values.Count;
            Values.Add(value);
            uses.Add(0);
        }
        else
        {
            Values.Set(code, value);
        }

        textBytes += Size(value);
        if (!Ascii.IsValid(text))
            unfolded.Add(code);
        return code;
    }

    private void Forget(int code)
    {
        var value = Values[code];
        textBytes -= Size(value);
        known.Remove(value.Raw);
        Values.Set(code, default);
        free.Push(code);
    }

    private static long Size(ColumnValue value) => BytesBesideText + (2L * (value.Raw.Length + (ReferenceEquals(value.Raw, value.Folded) ? 0 : value.Folded.Length)));
}
