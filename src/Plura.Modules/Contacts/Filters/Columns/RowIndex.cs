namespace Plura.Contacts;

/// <summary>
/// Which row is whose. It only ever gets more entries, and a copy of the ids says which of them are true: so those who still read an
/// older state may ask it while somebody adds rows.
/// </summary>
internal sealed class RowIndex
{
    private readonly int[] slots;
    private int used;

    public RowIndex()
        : this(1024)
    {
    }

    private RowIndex(int size) => slots = new int[size];

    public long Bytes => (long)slots.Length * sizeof(int);

    /// <summary>The row of a contact; -1 where these ids have none.</summary>
    public int Find(Guid id, Chunks<Guid> ids)
    {
        for (var at = Slot(id); ; at = (at + 1) & (slots.Length - 1))
        {
            var row = Volatile.Read(ref slots[at]) - 1;
            if (row < 0)
                return -1;
            if (row < ids.Count && ids[row] == id)
                return row;
        }
    }

    /// <summary>Enters a row that stands in the ids already; answers the index to go on with, which is another one where this became too full.</summary>
    public RowIndex With(int row, Chunks<Guid> ids)
    {
        if ((used + 1) * 2 <= slots.Length)
        {
            Enter(row, ids[row]);
            return this;
        }

        var larger = new RowIndex(slots.Length * 2);
        for (var at = 0; at < ids.Count; at++)
        {
            if (ids[at] != Guid.Empty)
                larger.Enter(at, ids[at]);
        }

        return larger;
    }

    private void Enter(int row, Guid id)
    {
        var at = Slot(id);
        while (slots[at] != 0)
            at = (at + 1) & (slots.Length - 1);
        Volatile.Write(ref slots[at], row + 1);
        used++;
    }

    private int Slot(Guid id) => (int)((uint)id.GetHashCode() * 2654435769u >> 7) & (slots.Length - 1);
}
