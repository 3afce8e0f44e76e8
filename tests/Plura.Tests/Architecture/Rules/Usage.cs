using System.Reflection;
using System.Reflection.Emit;

namespace Plura.Tests.Architecture;

/// <summary>What a type names: its base, members' types, locals, and every token of its methods' code, nested and generated types included.</summary>
public static class Usage
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value & 0xFFFF);

    /// <summary>Every pair of outermost types (who, whom) of an assembly.</summary>
    public static IEnumerable<(Type From, Type To)> Pairs(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => Types(type).Select(used => (Outermost(type), used))).Distinct();

    public static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private static IEnumerable<Type> Types(Type type) =>
        Named(type).SelectMany(Flat).Select(Outermost).Where(used => used != Outermost(type));

    private static IEnumerable<Type?> Named(Type type)
    {
        yield return type.BaseType;
        foreach (var contract in type.GetInterfaces())
            yield return contract;
        foreach (var attribute in type.GetCustomAttributesData())
            yield return attribute.AttributeType;
        foreach (var field in type.GetFields(All))
            yield return field.FieldType;
        foreach (var method in Methods(type))
        {
            foreach (var parameter in method.GetParameters())
                yield return parameter.ParameterType;
            yield return (method as MethodInfo)?.ReturnType;
            foreach (var local in method.GetMethodBody()?.LocalVariables ?? [])
                yield return local.LocalType;
            foreach (var member in Tokens(method))
            {
                yield return member as Type ?? member.DeclaringType;
                yield return (member as FieldInfo)?.FieldType ?? (member as MethodInfo)?.ReturnType;
                if (member is MethodInfo { IsGenericMethod: true } generic)
                {
                    foreach (var argument in generic.GetGenericArguments())
                        yield return argument;
                }
            }
        }
    }

    public static IEnumerable<MethodBase> Methods(Type type) => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All));

    /// <summary>The members that a method's code names, in order.</summary>
    public static IEnumerable<MemberInfo> Tokens(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var typeArguments = method.DeclaringType?.GetGenericArguments();
        var methodArguments = method is MethodInfo ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            int value = code[at++];
            if (value == 0xFE)
                value = 0xFE00 | code[at++];
            var operand = Codes[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Flat(Type? type)
    {
        if (type is null || type.IsGenericParameter)
            return [];
        if (type.HasElementType)
            return Flat(type.GetElementType());
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Flat).Prepend(type.GetGenericTypeDefinition()) : [type];
    }
}
