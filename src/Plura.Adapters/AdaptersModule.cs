namespace Plura.Adapters;

/// <summary>Every vendor and transport, and nothing else; each registers itself only where its settings are given.</summary>
public sealed class AdaptersModule;
