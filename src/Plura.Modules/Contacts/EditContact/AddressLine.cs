namespace Plura.Contacts;

/// <summary>One line of a form: an address as typed, what it is called, and whether it is the one that is written to.</summary>
public sealed record AddressLine(string Value, string Label, bool Main);
