namespace Plura.Messaging.Contracts;

/// <summary>What rings when the sends of an origin, or the origin itself, have changed.</summary>
public static class SendTopic
{
    public static string Of(string origin, Guid originId) => $"sends:{origin}:{originId}";
}
