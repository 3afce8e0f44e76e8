namespace Plura.Contacts;

/// <summary>A condition as it was understood: as SQL, and where that can be, as what must be true of one value of a contact, or as whose contacts they are.</summary>
/// <param name="Sql">True or false of <c>contacts.contact c</c>, never null.</param>
internal sealed record Leaf(string Sql)
{
    /// <summary>The same of one column; null where the condition asks for more than that.</summary>
    public ColumnTest? Test { get; init; }

    /// <summary>A select of the ids for which it is true, where another table than that of contacts knows them. It may name some that are no contacts any more.</summary>
    public string? Members { get; init; }

    /// <summary>The members are those for whom it is not true.</summary>
    public bool Except { get; init; }

    public static implicit operator Leaf(string sql) => new(sql);
}

/// <summary>What a condition asks of one column.</summary>
/// <param name="Column">One of <see cref="HeldColumns"/>.</param>
internal abstract record ColumnTest(string Column);

/// <summary>Asked once of each value that occurs, however many contacts have it.</summary>
internal sealed record TextTest(string Column, Func<ColumnValue, bool> Fits) : ColumnTest(Column);

/// <summary>Moments from the first to before the last, as <see cref="MomentColumn.Of"/> counts them.</summary>
internal sealed record MomentTest(string Column, long From, long Before) : ColumnTest(Column);

/// <summary>A value as it is stored; empty where there is none.</summary>
/// <param name="Raw">As it stands in the row.</param>
/// <param name="Folded">As <c>contacts.fold</c> has it.</param>
internal readonly record struct ColumnValue(string Raw, string Folded);
