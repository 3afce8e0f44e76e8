namespace Plura.Contacts;

/// <summary>
/// A long list in pieces. A copy shares the pieces, and whoever writes into it copies a piece first: an older copy that somebody still reads
/// stays as it was. One writer at a time; a copy that was handed out is never written again.
/// </summary>
internal sealed class Chunks<T>
{
    /// <summary>Small enough that a piece of it is copied in no time, and a multiple of 64: a piece of rows is a whole number of words of bits.</summary>
    public const int Size = 8192;

    private const int Shift = 13;
    private T[][] pieces;
    private bool[] own;

    public Chunks() => (pieces, own) = ([], []);

    private Chunks(Chunks<T> other) => (pieces, own, Count) = ([.. other.pieces], new bool[other.pieces.Length], other.Count);

    public int Count { get; private set; }

    public T this[int at] => pieces[at >> Shift][at & (Size - 1)];

    public Chunks<T> Copy() => new(this);

    /// <summary>A piece whole; what lies behind the count is nothing's.</summary>
    public ReadOnlySpan<T> Piece(int number) => pieces[number];

    public void Add(T value)
    {
        if (Count == pieces.Length * Size)
        {
            Array.Resize(ref pieces, pieces.Length + 1);
            Array.Resize(ref own, pieces.Length);
            (pieces[^1], own[^1]) = (new T[Size], true);
        }

        Count++;
        Set(Count - 1, value);
    }

    public void Set(int at, T value)
    {
        var piece = at >> Shift;
        if (!own[piece])
            (pieces[piece], own[piece]) = ([.. pieces[piece]], true);
        pieces[piece][at & (Size - 1)] = value;
    }
}
