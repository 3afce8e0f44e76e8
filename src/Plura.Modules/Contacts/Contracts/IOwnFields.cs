using Plura.Platform;

namespace Plura.Contacts.Contracts;

/// <summary>A field that the account made, as forms and pages know it.</summary>
public interface IOwnField
{
    /// <summary>Under which name values know it.</summary>
    string Key { get; }

    string Label { get; }

    /// <summary>What can be in it: <c>text</c>, <c>money</c>, <c>choice</c> …</summary>
    string Kind { get; }

    /// <summary>For money, ISO 4217.</summary>
    string Currency { get; }

    /// <summary>Under which heading it stands; empty for none.</summary>
    string GroupName { get; }

    int Position { get; }

    bool IsRequired { get; }

    /// <summary>A file stands in it (<see cref="IOwnFiles"/>), and nothing that can be typed.</summary>
    bool IsFile { get; }

    /// <summary>For a choice: what may be chosen.</summary>
    IReadOnlyList<string> Choosable();
}

/// <summary>The account's own fields of the things of other modules. The values stand with the things, as text by the field's key.</summary>
public interface IOwnFields
{
    /// <summary>The fields in use of one kind of thing (<see cref="IFieldHolder.Entity"/>), in their order.</summary>
    Task<IReadOnlyList<IOwnField>> Asked(string entity, CancellationToken ct);

    /// <summary>Checks values and brings them to their written form; an empty value stays, and empties the field. Refused with the fields under <c>Fields.{key}</c>.</summary>
    Task<Result<IReadOnlyDictionary<string, string>>> Read(string entity, IReadOnlyDictionary<string, string> values, Needed needed, CancellationToken ct);
}

/// <summary>Which required fields a door insists on.</summary>
public enum Needed
{
    /// <summary>What comes by itself comes as it is: forms, imports.</summary>
    Nothing,

    /// <summary>A change may not empty one.</summary>
    WhatIsNamed,

    /// <summary>Whoever adds something fills in all of them.</summary>
    Everything,
}

/// <summary>A module to the right whose things have fields too: it answers for the values that stand with it.</summary>
public interface IFieldHolder
{
    /// <summary>Whose fields: <c>opportunity</c>.</summary>
    string Entity { get; }

    /// <summary>How many things have a value, by the field's key.</summary>
    Task<IReadOnlyDictionary<string, long>> Counts(CancellationToken ct);

    /// <summary>How often each of these choices is chosen in a field; those that nobody chose are left out. Several choices of one value stand one a line.</summary>
    Task<IReadOnlyDictionary<string, long>> Chosen(string key, IReadOnlyList<string> choices, CancellationToken ct);

    /// <summary>Takes a field's values away, in the transaction that deletes the field. Answers how many there were.</summary>
    Task<int> Empty(string key, CancellationToken ct);
}
